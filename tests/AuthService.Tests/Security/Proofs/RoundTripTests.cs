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
        var byTime = await VerifyAsync(phone, proof => proof, rpc: "SendStepUpCode");

        byChallenge.RoundTrip.ShouldBe(TimeSpan.FromMilliseconds(1_234));
        byTime.RoundTrip.ShouldBeNull();
    }

    [Fact]
    public async Task A_login_that_takes_longer_than_usual_shows_in_its_verdict()
    {
        var person = await Person.SignUpAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, person.Session);

        var first = await DelayInLoginAsync(person, phone, TimeSpan.FromMilliseconds(100));
        var usual = await DelayInLoginAsync(person, phone, TimeSpan.FromMilliseconds(110));
        var relayed = await DelayInLoginAsync(person, phone, TimeSpan.FromMilliseconds(900));

        (first.Code, usual.Code, relayed.Code).ShouldBe((EvidenceCode.NoHistory, EvidenceCode.Seen, EvidenceCode.Unseen));
        relayed.Millibits.ShouldBeGreaterThan(usual.Millibits);
        relayed.Provenance.ShouldBe(Provenance.Observed);
    }

    private async Task<Evidence> DelayInLoginAsync(Person person, TestDevice phone, TimeSpan roundTrip)
    {
        var login = new LoginRequest
        {
            Identifier = person.Email,
            Device = new DeviceCredential { DeviceId = phone.Device.DeviceId },
            Environment = Surroundings.AtHome(),
        };
        var challenge = await phone.ChallengeAsync(ChallengePurpose.Login, person.Home);
        _service.Clock.Advance(roundTrip);
        var proof = phone.Proof(LoginService.Descriptor, "Login", login) with { Token = null, Challenge = challenge };
        await _service.Logins.LoginAsync(login, TestService.From(person.Home, await proof.ToMetadataAsync()));

        var events = await _service.Audit.ListEventsAsync(
            new ListEventsRequest { AccountId = person.AccountId, Types_ = { EventType.LoginSucceeded } }, _service.AsAdmin);
        return events.Events.MaxBy(entry => entry.Sequence)!.Verdict.Evidence.Single(line => line.Characteristic == "connection.delay");
    }

    private async Task<VerifiedProof> VerifyAsync(TestDevice phone, Func<TestProof, TestProof> change, string rpc = "Login")
    {
        var request = new LoginRequest { Identifier = "somebody@example.org" };
        var proof = change(phone.Proof(LoginService.Descriptor, rpc, request) with { Token = null });
        var shown = new ProofPresentation(
            Convert.ToBase64String((await proof.SignAsync()).ToByteArray()),
            RpcTable.Find(TestProof.NameOf(LoginService.Descriptor, rpc).Value)!,
            SHA256.HashData(request.ToByteArray()),
            ProofPayload.HashToken(null),
            Network,
            OverLoopback: true);

        var outcome = await _service.Services.GetRequiredService<ProofVerifier>().VerifyAsync(shown, CancellationToken.None);

        return outcome.Proof.ShouldNotBeNull(outcome.Rejection);
    }
}
