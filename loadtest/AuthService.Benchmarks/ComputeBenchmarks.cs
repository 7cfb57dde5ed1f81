using System.Security.Cryptography;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using AuthService.Ecv.Values;
using BenchmarkDotNet.Attributes;

namespace AuthService.Benchmarks;

/// <summary>
/// From canonical signals to an <c>ecv1.</c> value, beside a bare run of the same HMACs: same messages, same keys, their bytes
/// laid out beforehand, the fastest that .NET offers for many messages under one key. Goal: at most 1.5 times as long.
/// </summary>
public class ComputeBenchmarks
{
    private const string Account = "acc_de_6b86b273ff34fce19d6b804eff5a3f57";
    private readonly byte[] macKey = new byte[32];
    private readonly CanonicalSignals signals = Given.Phone(0);
    private readonly ConnectionObservation connection = Given.Connection(0);
    private byte[][] messages = [];
    private byte[] binding = [];
    private byte[] value = [];

    [GlobalSetup]
    public void Setup()
    {
        messages = [.. TokenMessages.Of(signals, connection)];
        TokenMessages.MustBeThoseOf(Given.Environment(0), messages, Given.KeyBytes);
        binding = [.. TokenMessages.BindingOf(Account)];
        value = TokenMessages.SignedPartOf(Ecv());
        Console.WriteLine($"// {messages.Length} tokens, 1 binding, 1 MAC over {value.Length} bytes");
    }

    [Benchmark(Baseline = true, Description = "the HMACs alone, keyed once")]
    public int BareHmacs()
    {
        Span<byte> mac = stackalloc byte[32];
        using (var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Given.KeyBytes))
        {
            foreach (var message in messages)
            {
                hash.AppendData(message);
                hash.GetHashAndReset(mac);
            }
        }

        HMACSHA256.HashData(Given.KeyBytes, binding, mac);
        HMACSHA256.HashData(macKey, value, mac);
        return mac[0];
    }

    [Benchmark(Description = "the HMACs alone, one-shot")]
    public int OneShotHmacs()
    {
        Span<byte> mac = stackalloc byte[32];
        foreach (var message in messages)
            HMACSHA256.HashData(Given.KeyBytes, message, mac);
        HMACSHA256.HashData(Given.KeyBytes, binding, mac);
        HMACSHA256.HashData(macKey, value, mac);
        return mac[0];
    }

    [Benchmark(Description = "compute an ECV")]
    public string Ecv() => EcvValue.Encode(
        Tokenizer.Tokenize(Given.Key, signals, SignalConsents.All, connection), AccountBinding.Derive(Given.Key, Account), "k1", macKey);

    [Benchmark(Description = "tokenise only")]
    public TokenizedEnvironment Tokenise() => Tokenizer.Tokenize(Given.Key, signals, SignalConsents.All, connection);
}
