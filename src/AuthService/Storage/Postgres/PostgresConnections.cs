using Npgsql;

namespace AuthService.Storage.Postgres;

/// <summary>How this service talks to PostgreSQL, where the operator's connection string does not say otherwise.</summary>
internal static class PostgresConnections
{
    // A replica that stops in the middle of a transaction must not hold up the others for longer.
    private const string Server =
        "-c idle_in_transaction_session_timeout=15s -c lock_timeout=5s -c statement_timeout=15s";

    public static string Complete(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        SetUnlessGiven("Timeout", 3);
        SetUnlessGiven("Command Timeout", 10);
        SetUnlessGiven("Application Name", "authservice");
        SetUnlessGiven("Options", Server);
        SetUnlessGiven("Maximum Pool Size", 50);
        SetUnlessGiven("Max Auto Prepare", 50);
        SetUnlessGiven("Keepalive", 10);
        return settings.ConnectionString;

        void SetUnlessGiven(string name, object value)
        {
            if (!settings.ShouldSerialize(name))
                settings[name] = value;
        }
    }

    /// <summary>One sentence, or null.</summary>
    public static string? ProblemOf(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) is { Host.Length: > 0 } ? null : "names no Host";
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The message names the keyword, never a value: there may be a password among them.
            return "is no connection string of Npgsql";
        }
    }
}
