using System.Diagnostics.CodeAnalysis;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Protocol.Proofs;

/// <summary>
/// A <see cref="DeviceProof"/> whose every part has the right form. Nothing is verified yet: the caller still checks the
/// certificate's hash against the server's own, the freshness, and the signature, in whatever order it owes its callers.
/// </summary>
/// <param name="DeviceId">The device said to have signed; empty for the new key of BindDevice.</param>
/// <param name="Freshness">Its challenge, or its time and jti.</param>
/// <param name="ServerCertificateHash">32 bytes, or none.</param>
/// <param name="Signature">Yet to be verified.</param>
public sealed record ParsedProof(
    string DeviceId, ProofFreshness Freshness, ReadOnlyMemory<byte> ServerCertificateHash, ProofSignature Signature)
{
    // google.protobuf.Timestamp: 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;

    /// <summary>Whether this is the new key's own proof in BindDevice, rather than that of a device which is bound already.</summary>
    public bool IsByNewKey => DeviceId.Length == 0;

    public static bool TryParse(
        DeviceProof message, [NotNullWhen(true)] out ParsedProof? proof, [NotNullWhen(false)] out ProofFault? fault)
    {
        proof = null;
        fault = null;

        if (message.DeviceId.Length > ProofLimits.MaxDeviceId || message.DeviceId.AsSpan().ContainsAnyExceptInRange('!', '~'))
            fault = new ProofFault("device_id", $"at most {ProofLimits.MaxDeviceId} characters of printable ASCII");
        else if (message.ServerCertificateSha256.Length is not (0 or ProofLimits.Hash))
            fault = new ProofFault("server_certificate_sha256", "a SHA-256, 32 bytes, or empty");
        else if (ProofSignature.TryParse(message.Signature.Span) is not { } signature)
            fault = new ProofFault("signature", "raw r || s, 64 bytes, not DER");
        else if (TryParseFreshness(message, out var freshness, out fault))
            proof = new ParsedProof(message.DeviceId, freshness, message.ServerCertificateSha256.Memory, signature);

        return proof is not null;
    }

    /// <summary>What the signature must be over, for a call that the server saw.</summary>
    public ProofPayload PayloadFor(string audience, RpcName rpc, ReadOnlyMemory<byte> messageHash, ReadOnlyMemory<byte> tokenHash) =>
        new()
        {
            Audience = audience,
            ServerCertificateHash = ServerCertificateHash,
            Rpc = rpc,
            DeviceId = DeviceId,
            Freshness = Freshness,
            MessageHash = messageHash,
            TokenHash = tokenHash,
        };

    private static bool TryParseFreshness(
        DeviceProof message, [NotNullWhen(true)] out ProofFreshness? freshness, [NotNullWhen(false)] out ProofFault? fault)
    {
        freshness = null;
        fault = null;
        var timed = message.IssuedAt is not null || message.Jti.Length > 0;

        if (message.Challenge.Length > 0 && timed)
            fault = new ProofFault("challenge", "either a challenge, or issued_at and jti, not both");
        else if (message.Challenge.Length is > 0 and <= ProofLimits.MaxChallenge)
            freshness = new ProofFreshness.ByChallenge(message.Challenge.Memory);
        else if (!timed)
            fault = new ProofFault("challenge", $"1 to {ProofLimits.MaxChallenge} bytes, or else issued_at and jti");
        else if (message.IssuedAt is not { } issuedAt || !IsValid(issuedAt))
            fault = new ProofFault("issued_at", "a valid timestamp, together with jti");
        else if (message.Jti.Length is < ProofLimits.MinJti or > ProofLimits.MaxJti)
            fault = new ProofFault("jti", $"{ProofLimits.MinJti} to {ProofLimits.MaxJti} random bytes");
        else
            freshness = new ProofFreshness.ByTime(issuedAt.Clone(), message.Jti.Memory);

        return freshness is not null;
    }

    private static bool IsValid(Timestamp time) =>
        time.Seconds is >= FirstSecond and <= LastSecond && time.Nanos is >= 0 and <= 999_999_999;
}
