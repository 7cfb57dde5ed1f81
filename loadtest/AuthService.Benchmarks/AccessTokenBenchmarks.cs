using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using AuthService.Hosting;
using AuthService.Protocol.Proofs;
using AuthService.Security.Keys;
using AuthService.Sessions;
using AuthService.V1;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Microsoft.Extensions.Options;

namespace AuthService.Benchmarks;

/// <summary>An access token of a key-bound session, beside the one ES256 operation that it cannot do without, with a key kept open.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[SuppressMessage("Design", "CA1001", Justification = "CleanUp disposes of them.")]
public class AccessTokenBenchmarks
{
    private readonly SigningKeys keys = new(GivenServer.Keyring, TimeProvider.System);
    private readonly SessionState session = new(
        GivenServer.Keys.Account, GivenServer.Session, Given.Now + SessionOptions.Lifetime, EndedAt: null, TokensFrom: 0, Newest: 1, Given.Now,
        Given.Now + Assurance.Aal2Lifetime, FactorSet.Of(FactorKind.Password, FactorKind.DeviceKey).Methods(judged: true), RiskLevel.Low);

    private AccessTokens tokens = null!;
    private VerifiedTokens verified = null!;
    private ECDsa open = null!;
    private string thumbprint = "";
    private string token = "";
    private byte[] signed = [];
    private byte[] signature = [];

    [GlobalSetup]
    public async Task Setup()
    {
        tokens = new AccessTokens(keys, Options.Create(new DeploymentOptions()));
        verified = new VerifiedTokens(tokens, Options.Create(new SessionOptions()));
        open = keys.Now.Current.Open();
        thumbprint = DevicePublicKey.TryParse(open.ExportSubjectPublicKeyInfo(), out var key) ? key.Thumbprint : "";
        token = Issue();
        var dot = token.LastIndexOf('.');
        signed = Encoding.ASCII.GetBytes(token[..dot]);
        signature = Base64Url.DecodeFromChars(token.AsSpan(dot + 1));
        if (!BareVerification() || !await Verify() || !await VerifyAgain())
            throw new InvalidOperationException("The token does not verify.");
        Console.WriteLine($"// {token.Length} characters");
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        open.Dispose();
        tokens.Dispose();
    }

    [BenchmarkCategory("issue"), Benchmark(Baseline = true, Description = "bare ES256 signature")]
    public byte[] BareSignature() => open.SignData(signed, HashAlgorithmName.SHA256);

    [BenchmarkCategory("issue"), Benchmark(Description = "issue")]
    public string Issue() => tokens.Issue(session, (GivenServer.Device, thumbprint), generation: 1, Given.Now).Text;

    [BenchmarkCategory("verify"), Benchmark(Baseline = true, Description = "bare ES256 verification")]
    public bool BareVerification() => open.VerifyData(signed, signature, HashAlgorithmName.SHA256);

    [BenchmarkCategory("verify"), Benchmark(Description = "verify")]
    public async ValueTask<bool> Verify() => await tokens.VerifyAsync(token, tokens.Keys) is not null;

    [BenchmarkCategory("verify"), Benchmark(Description = "verify again, remembered")]
    public async ValueTask<bool> VerifyAgain() => await verified.VerifyAsync(token) is not null;
}
