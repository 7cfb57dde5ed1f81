using System.Net;
using System.Security.Cryptography;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Network;
using AuthService.Protocol.Proofs;
using AuthService.Security.Proofs;
using AuthService.Tests.Security.Keys;
using AuthService.V1;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AuthService.Tests.Security.Proofs;

/// <summary>How long a challenge was away, by the server's clock.</summary>
public sealed class RoundTripTests(SharedService shared) : IClassFixture<SharedService>
{
    private static readonly ClientNetwork Network = new(IPAddress.Parse("198.51.100.7"));

    private readonly TestService _service = shared.Service;

    [Theory]
    [InlineData(0)]
    [InlineData(37)]
    [InlineData(119_999)]
    public void It_is_measured_to_the_millisecond(int milliseconds)
    {
        var clock = new FakeTimeProvider();
        var challenges = new Challenges(TestKeys.Ring(), clock);
        var (challenge, expiresAt) = challenges.Create(ChallengePurpose.Login, Network);

        clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        var isOurs = challenges.TryVerify(challenge, ChallengePurpose.Login, Network, out var returned);

        isOurs.ShouldBeTrue();
        returned.ShouldBe(new ReturnedChallenge(expiresAt, TimeSpan.FromMilliseconds(milliseconds), Relayed: false));
    }

    [Fact]
    public void From_a_replica_whose_clock_is_ahead_it_takes_no_time_rather_than_less()
    {
        var keys = TestKeys.Ring();
        var (ours, ahead) = (new FakeTimeProvider(), new FakeTimeProvider());
        ahead.Advance(TimeSpan.FromMilliseconds(20));
        var (challenge, _) = new Challenges(keys, ahead).Create(ChallengePurpose.Login, Network);

        new Challenges(keys, ours).TryVerify(challenge, ChallengePurpose.Login, Network, out var returned).ShouldBeTrue();

        returned.RoundTrip.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_proof_by_challenge_carries_it_and_a_proof_by_time_has_none()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());
        var challenge = await phone.ChallengeAsync(ChallengePurpose.Login);
        _service.Clock.Advance(TimeSpan.FromMilliseconds(1_234));

        var byChallenge = await VerifyAsync(phone, proof => proof with { Challenge = challenge });
        var byTime = await VerifyAsync(phone, proof => proof);

        byChallenge.RoundTrip.ShouldBe(TimeSpan.FromMilliseconds(1_234));
        byTime.RoundTrip.ShouldBeNull();
    }

    private async Task<VerifiedProof> VerifyAsync(TestDevice phone, Func<TestProof, TestProof> change)
    {
        var request = new LoginRequest { Identifier = "somebody@example.org" };
        var proof = change(phone.Proof(LoginService.Descriptor, "Login", request) with { Token = null });
        var shown = new ProofPresentation(
            Convert.ToBase64String((await proof.SignAsync()).ToByteArray()),
            RpcTable.Find(TestProof.NameOf(LoginService.Descriptor, "Login").Value)!,
            SHA256.HashData(request.ToByteArray()),
            ProofPayload.HashToken(null),
            Network,
            OverLoopback: true);

        var outcome = await _service.Services.GetRequiredService<ProofVerifier>().VerifyAsync(shown, CancellationToken.None);

        return outcome.Proof.ShouldNotBeNull(outcome.Rejection);
    }
}
