using Microsoft.Data.Sqlite;

namespace AuthService.SystemTests.Harness;

public static class SqliteFile
{
    /// <summary><c>PRAGMA integrity_check</c>, in its own words: <c>ok</c>, or what is wrong.</summary>
    public static string Check(string path) => Ask(path, "PRAGMA integrity_check");

    private static string Ask(string path, string question)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = question;
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
