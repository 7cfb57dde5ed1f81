using AuthService.Ecv.Tokens;
using AuthService.Ecv.Values;
using BenchmarkDotNet.Attributes;
using System.Security.Cryptography;

namespace AuthService.Benchmarks;

/// <summary>An <c>ecv1.</c> value read and checked, beside its one HMAC.</summary>
public class DecodeBenchmarks
{
    private readonly byte[] macKey = new byte[32];
    private readonly AccountBinding binding = AccountBinding.Derive(Given.Key, "acc_de_1");
    private string value = "";
    private byte[] signed = [];

    [GlobalSetup]
    public void Setup()
    {
        value = EcvValue.Encode(Given.Environment(0), binding, "k1", macKey);
        signed = TokenMessages.SignedPartOf(value);
    }

    [Benchmark(Baseline = true, Description = "its HMAC alone")]
    public int BareHmac()
    {
        Span<byte> mac = stackalloc byte[32];
        return HMACSHA256.HashData(macKey, signed, mac);
    }

    [Benchmark(Description = "decode an ECV")]
    public TokenizedEnvironment Decode() => EcvValue.TryDecode(value, binding, _ => macKey, out var environment, out _)
        ? environment
        : throw new InvalidOperationException("It does not decode.");
}
