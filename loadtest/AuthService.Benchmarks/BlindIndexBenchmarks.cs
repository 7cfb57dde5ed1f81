using System.Security.Cryptography;
using AuthService.Accounts;
using AuthService.Security.Keys;
using BenchmarkDotNet.Attributes;

namespace AuthService.Benchmarks;

/// <summary>What somebody typed to the key that an account is looked up by, beside its one HMAC, the message laid out beforehand.</summary>
public class BlindIndexBenchmarks
{
    private readonly ContactIndex index = new(new BlindIndex(GivenServer.Keyring));
    private readonly byte[] key = GivenServer.Keyring.Current(KeyUse.BlindIndex).Material.ToArray();
    private readonly byte[] message = Transcript.Of("authservice/blind-index/contact/1", "email", "anna.schmidt@example.org");
    private readonly Contact contact = Parse("anna.schmidt@example.org");

    [GlobalSetup]
    public void Setup()
    {
        if (!Email().AsSpan().SequenceEqual(HMACSHA256.HashData(key, message)))
            throw new InvalidOperationException("The bare run hashes another message.");
    }

    [Benchmark(Baseline = true, Description = "its HMAC alone")]
    public int BareHmac()
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return HMACSHA256.HashData(key, message, mac);
    }

    [Benchmark(Description = "from a parsed contact")]
    public byte[] Parsed() => index.RowOf(GivenServer.Keys.Account, contact).BlindIndex;

    [Benchmark(Description = "from an e-mail address")]
    public byte[] Email() => index.RowOf(GivenServer.Keys.Account, Parse("Anna.Schmidt@example.org")).BlindIndex;

    [Benchmark(Description = "from a phone number")]
    public byte[] Phone() => index.RowOf(GivenServer.Keys.Account, Parse("+49 1512 3456789")).BlindIndex;

    [Benchmark(Description = "from a parsed contact, to a limit's key")]
    public string LimitKey() => index.LimitKey(contact);

    private static Contact Parse(string text) =>
        Contact.TryParse(text, out var contact) ? contact : throw new InvalidOperationException("That is no contact.");
}
