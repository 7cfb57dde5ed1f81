namespace AuthService.Cli.Doctor;

internal enum State
{
    Fine,
    Doubtful,
    Wrong,
}

/// <summary>What the doctor found, and what to do about it.</summary>
/// <param name="Of">What was looked at.</param>
/// <param name="State">How it is.</param>
/// <param name="What">What was seen.</param>
/// <param name="Remedy">What to do; empty where nothing needs doing.</param>
internal sealed record Finding(string Of, State State, string What, string Remedy = "")
{
    public static Finding Fine(string of, string what) => new(of, State.Fine, what);
}
