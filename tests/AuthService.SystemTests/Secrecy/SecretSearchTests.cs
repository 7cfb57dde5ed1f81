using System.Security.Cryptography;
using AuthService.SystemTests.Harness;
using Microsoft.Data.Sqlite;

namespace AuthService.SystemTests.Secrecy;

/// <summary>A search that finds nothing proves something only if it would have found it.</summary>
public sealed class SecretSearchTests
{
    private static readonly Secret[] Secrets =
    [
        Secret.OfText("password", "Sülze & 4 \"warme\" Grünkernküchle"),
        .. Secret.OfToken("token", "rt1.7f3kq0-4hXw8vB2nM5cZ6aQ9eR1tY3uI0oP"),
        Secret.OfBytes("key", SHA256.HashData([1, 2, 3])),
        Secret.OfDigits("code", "482913"),
        Secret.OfMac("bssid", "3c:37:12:ab:cd:ef"),
        Secret.OfCoordinate("latitude", 52.520718),
    ];

    public static TheoryData<string> Names() => [.. Secrets.Select(secret => secret.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_secret_planted_in_a_file_is_found_in_each_of_its_forms(string name)
    {
        using var folder = new DataFolder();
        var secret = Secrets.Single(secret => secret.Name == name);
        foreach (var form in secret.Forms)
        {
            File.WriteAllBytes(folder.PathOf("planted"), [.. new byte[1000], .. form, .. new byte[1000]]);

            var found = SecretSearch.Find([secret], Place.InFolder(folder.Path));

            found.ShouldHaveSingleItem().ShouldStartWith($"{name} in planted at 1000");
        }
    }

    [Fact]
    public void A_secret_in_a_database_is_found_in_its_table_and_before_that_in_its_log()
    {
        using var folder = new DataFolder();
        var source = new SqliteConnectionStringBuilder { DataSource = folder.PathOf("planted.db"), Pooling = false }.ToString();
        using (var database = new SqliteConnection(source))
        {
            database.Open();
            Run(database, "PRAGMA journal_mode=WAL; CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('the code is 482913.')");

            SecretSearch.Find(Secrets, Place.InFolder(folder.Path)).ShouldHaveSingleItem().ShouldStartWith("code in planted.db-wal");
        }

        SecretSearch.Find(Secrets, Place.InFolder(folder.Path)).ShouldHaveSingleItem().ShouldStartWith("code in planted.db at");
    }

    [Fact]
    public void Base64_of_something_larger_is_searched_at_each_alignment()
    {
        var whole = Convert.ToBase64String("xyz the password is Sülze & 4 \"warme\" Grünkernküchle, he said"u8);

        SecretSearch.Find(Secrets, [Place.OfText("log", $"body={whole}")]).ShouldHaveSingleItem().ShouldStartWith("password in log");
    }

    [Fact]
    public void Digits_inside_of_longer_numbers_and_ids_are_no_code()
    {
        SecretSearch.Find(Secrets, [Place.OfText("log", "12:00:00.482913 id=a482913f 1482913 4829130")]).ShouldBeEmpty();
    }

    private static void Run(SqliteConnection database, string statements)
    {
        using var command = database.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
