using System.Security.Cryptography;
using AuthService.Protocol;
using AuthService.Protocol.Proofs;
using AuthService.V1;
using Google.Protobuf;
using Grpc.Core;

namespace AuthService.Tests.Hosting;

/// <summary>docs/proof.md, "What the server checks", through the transport. ListDevices stands for any call of a key-bound session.</summary>
public sealed class ProofTests(SharedService shared) : IClassFixture<SharedService>
{
    private static readonly ListDevicesRequest Request = new() { PageSize = 7 };

    private readonly TestService _service = shared.Service;

    [Fact]
    public async Task A_key_bound_session_without_a_proof_is_refused()
    {
        using var phone = await PhoneAsync();

        var refusal = await Refusals.OfAsync(_service.Devices.ListDevicesAsync(Request, SeededAccount.As(phone.Session)));

        refusal.Reason().ShouldBe(ErrorReasons.ProofRequired);
    }

    [Fact]
    public async Task A_proof_by_time_lets_it_pass()
    {
        using var phone = await PhoneAsync();

        var answer = await CallAsync(await Proof(phone).ToMetadataAsync());

        answer.Devices.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_proof_by_challenge_lets_it_pass()
    {
        using var phone = await PhoneAsync();

        var answer = await CallAsync(await (Proof(phone) with { Challenge = await phone.ChallengeAsync() }).ToMetadataAsync());

        answer.Devices.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_jti_again_is_refused()
    {
        using var phone = await PhoneAsync();
        var metadata = await Proof(phone).ToMetadataAsync();
        await CallAsync(metadata);

        (await RefusalAsync(metadata)).Reason().ShouldBe(ErrorReasons.InvalidProof);
    }

    [Fact]
    public async Task The_same_challenge_again_is_refused_however_it_is_signed()
    {
        using var phone = await PhoneAsync();
        var proof = Proof(phone) with { Challenge = await phone.ChallengeAsync() };
        await CallAsync(await proof.ToMetadataAsync());

        (await RefusalAsync(await proof.ToMetadataAsync())).Reason().ShouldBe(ErrorReasons.InvalidProof);
    }

    [Fact]
    public async Task Of_many_calls_at_once_with_one_jti_one_passes()
    {
        using var phone = await PhoneAsync();
        var metadata = await Proof(phone).ToMetadataAsync();

        var passed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PassesAsync(metadata)));

        passed.Count(one => one).ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_calls_at_once_with_one_challenge_one_passes()
    {
        using var phone = await PhoneAsync();
        var metadata = await (Proof(phone) with { Challenge = await phone.ChallengeAsync() }).ToMetadataAsync();

        var passed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PassesAsync(metadata)));

        passed.Count(one => one).ShouldBe(1);
    }

    /// <summary>What a test gets wrong, each in one way only.</summary>
    public static TheoryData<string> Faults() =>
    [
        "another RPC", "another message", "another audience", "another token", "no token signed", "another key", "another device's id",
        "an unknown device", "no device id", "another certificate", "a signature of zeros", "61 seconds old", "6 seconds ahead",
        "a challenge of noise", "a challenge for Login", "a changed challenge",
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_proof_with_a_fault_is_refused(string fault)
    {
        using var phone = await PhoneAsync();
        using var other = await PhoneAsync();

        var refusal = await RefusalAsync(await SentByAsync(phone, await WithAsync(fault, Proof(phone), phone, other)));

        refusal.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        refusal.Reason().ShouldBe(ErrorReasons.InvalidProof, fault);
    }

    [Theory]
    [InlineData("a DER signature", "signature")]
    [InlineData("a signature cut short", "signature")]
    [InlineData("a short jti", "jti")]
    [InlineData("both freshnesses", "challenge")]
    [InlineData("neither freshness", "challenge")]
    [InlineData("a hash of 31 bytes", "server_certificate_sha256")]
    [InlineData("a device id with a space", "device_id")]
    public async Task A_proof_that_does_not_parse_is_refused_and_its_field_named(string fault, string field)
    {
        using var phone = await PhoneAsync();

        var refusal = await RefusalAsync(await SentByAsync(phone, await WithAsync(fault, Proof(phone), phone, phone)));

        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
        refusal.Fields().ShouldBe([ProofMetadata.FieldPath(field)]);
    }

    [Fact]
    public async Task A_proof_of_60_seconds_ago_is_refused_and_one_just_younger_is_not()
    {
        using var phone = await PhoneAsync();
        var (tooOld, inTime) = (Proof(phone), Proof(phone) with { Now = _service.Clock.GetUtcNow() + TimeSpan.FromSeconds(1) });

        _service.Clock.Advance(TimeSpan.FromSeconds(60));

        (await PassesAsync(await tooOld.ToMetadataAsync())).ShouldBeFalse();
        (await PassesAsync(await inTime.ToMetadataAsync())).ShouldBeTrue();
    }

    [Fact]
    public async Task A_proof_from_before_the_start_is_refused_since_its_use_may_be_forgotten()
    {
        await using var restarted = await TestService.StartAsync();
        var startedAt = restarted.Clock.GetUtcNow() - TimeSpan.FromMinutes(1);
        var account = await SeededAccount.CreateAsync(restarted);
        using var phone = await TestDevice.BindAsync(restarted, await account.SignInAsync());

        var early = await (Proof(phone) with { Now = startedAt + TimeSpan.FromSeconds(5) }).ToMetadataAsync();
        var late = await (Proof(phone) with { Now = startedAt + TimeSpan.FromSeconds(6) }).ToMetadataAsync();

        var refusal = await Refusals.OfAsync(restarted.Devices.ListDevicesAsync(Request, early));
        var answer = await restarted.Devices.ListDevicesAsync(Request, late);

        refusal.Reason().ShouldBe(ErrorReasons.InvalidProof);
        answer.Devices.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_challenge_lives_two_minutes()
    {
        using var phone = await PhoneAsync();
        var (tooOld, inTime) = (await phone.ChallengeAsync(), await phone.ChallengeAsync());
        _service.Clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromMilliseconds(1));
        var before = await PassesAsync(await (Proof(phone) with { Challenge = inTime }).ToMetadataAsync());
        _service.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var after = await PassesAsync(await (Proof(phone) with { Challenge = tooOld }).ToMetadataAsync());

        before.ShouldBeTrue();
        after.ShouldBeFalse();
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("!!!!")]
    [InlineData("")]
    public async Task Metadata_that_is_no_proof_is_refused(string text)
    {
        using var phone = await PhoneAsync();
        var metadata = SeededAccount.As(phone.Session);
        metadata.Add(ProofMetadata.Name, System.Text.Encoding.ASCII.GetBytes(text));

        (await RefusalAsync(metadata)).Reason().ShouldBe(ErrorReasons.InvalidField);
    }

    [Fact]
    public async Task Two_proofs_are_one_too_many()
    {
        using var phone = await PhoneAsync();
        var metadata = await Proof(phone).ToMetadataAsync();
        metadata.Add(ProofMetadata.Name, (await (Proof(phone) with { Jti = RandomNumberGenerator.GetBytes(16) }).SignAsync()).ToByteArray());

        (await RefusalAsync(metadata)).Reason().ShouldBe(ErrorReasons.InvalidProof);
    }

    [Fact]
    public async Task A_message_that_was_compressed_cannot_be_proven()
    {
        using var phone = await PhoneAsync();
        var request = new ListDevicesRequest { PageToken = new string('x', 4000) };
        var metadata = await (Proof(phone) with { Request = request }).ToMetadataAsync();
        metadata.Add("grpc-internal-encoding-request", "gzip");

        var refusal = await Refusals.OfAsync(_service.Devices.ListDevicesAsync(request, metadata));

        refusal.StatusCode.ShouldBe(StatusCode.Unimplemented);
        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
    }

    private static async Task<TestProof> WithAsync(string fault, TestProof proof, TestDevice phone, TestDevice other) => fault switch
    {
        "another RPC" => proof with { Rpc = TestProof.NameOf(DeviceService.Descriptor, "UnbindDevice") },
        "another message" => proof with { Request = new ListDevicesRequest { PageSize = 8 } },
        "another audience" => proof with { Audience = "authservice/at" },
        "another token" => proof with { Token = other.Session.AccessToken },
        "no token signed" => proof with { Token = null },
        "another key" => proof with { Key = other.Key },
        "another device's id" => proof with { DeviceId = other.Device.DeviceId },
        "an unknown device" => proof with { DeviceId = "dev_de_01hzzzzzzzzzzzzzzzzzzzzzzz" },
        "no device id" => proof with { DeviceId = "" },
        "another certificate" => proof with { Certificate = RandomNumberGenerator.GetBytes(32) },
        "a DER signature" => proof with { Change = sent => sent.Signature = ByteString.CopyFrom(Der(sent.Signature.Span)) },
        "a signature of zeros" => proof with { Change = sent => sent.Signature = ByteString.CopyFrom(new byte[64]) },
        "a signature cut short" => proof with { Change = sent => sent.Signature = ByteString.CopyFrom(sent.Signature.Span[..63]) },
        "61 seconds old" => proof with { Now = proof.Now - TimeSpan.FromSeconds(61) },
        "6 seconds ahead" => proof with { Now = proof.Now + TimeSpan.FromSeconds(6) },
        "a hash of 31 bytes" => proof with { Certificate = RandomNumberGenerator.GetBytes(31) },
        "a device id with a space" => proof with { DeviceId = "dev de" },
        "a short jti" => proof with { Jti = RandomNumberGenerator.GetBytes(15) },
        "both freshnesses" => proof with { Change = sent => sent.Challenge = ByteString.CopyFrom(1) },
        "neither freshness" => proof with { Change = sent => (sent.IssuedAt, sent.Jti) = (null, ByteString.Empty) },
        "a challenge of noise" => proof with { Challenge = RandomNumberGenerator.GetBytes(82) },
        "a challenge for Login" => proof with { Challenge = await phone.ChallengeAsync(ChallengePurpose.Login) },
        "a changed challenge" => proof with { Challenge = Changed(await phone.ChallengeAsync()) },
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private static byte[] Changed(ReadOnlyMemory<byte> challenge)
    {
        var bytes = challenge.ToArray();
        bytes[12] ^= 1;
        return bytes;
    }

    // SEQUENCE { INTEGER r, INTEGER s }, as platform key stores give it.
    private static byte[] Der(ReadOnlySpan<byte> raw)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new System.Numerics.BigInteger(raw[..32], isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new System.Numerics.BigInteger(raw[32..], isUnsigned: true, isBigEndian: true));
        }

        return writer.Encode();
    }

    /// <summary>What was signed may be for another token or RPC; what is sent is the phone's own.</summary>
    private static async Task<Metadata> SentByAsync(TestDevice phone, TestProof proof) => new()
    {
        { ProofMetadata.Name, (await proof.SignAsync()).ToByteArray() },
        { "authorization", $"Bearer {phone.Session.AccessToken}" },
    };

    private async Task<TestDevice> PhoneAsync()
    {
        var account = await SeededAccount.CreateAsync(_service);
        return await TestDevice.BindAsync(_service, await account.SignInAsync());
    }

    private static TestProof Proof(TestDevice device) => device.Proof(DeviceService.Descriptor, "ListDevices", Request);

    private async Task<ListDevicesResponse> CallAsync(Metadata metadata) => await _service.Devices.ListDevicesAsync(Request, metadata);

    private Task<RpcException> RefusalAsync(Metadata metadata) => Refusals.OfAsync(_service.Devices.ListDevicesAsync(Request, metadata));

    private async Task<bool> PassesAsync(Metadata metadata)
    {
        try
        {
            await CallAsync(metadata);
            return true;
        }
        catch (RpcException refusal)
        {
            refusal.Reason().ShouldBe(ErrorReasons.InvalidProof);
            return false;
        }
    }
}
