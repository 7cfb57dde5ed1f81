using System.Security.Cryptography;
using AuthService.Hosting;
using AuthService.Hosting.Calls;
using AuthService.Protocol.Proofs;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Security.Proofs;

/// <summary>Verifies proofs of possession: docs/proof.md, "What the server checks", in its order.</summary>
internal sealed class ProofVerifier(
    Database database,
    Challenges challenges,
    IUsedProofIds usedIds,
    IOptions<DeploymentOptions> deployment,
    IOptions<ProofOptions> options,
    TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private readonly byte[][] _certificates = [.. options.Value.ServerCertificateSha256.Select(Convert.FromHexString)];

    // A restart forgets which ids were used, so what may have been used before it is refused; clients then sign a challenge.
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();

    public async ValueTask<ProofOutcome> VerifyAsync(ProofPresentation shown, CancellationToken cancellationToken)
    {
        // 1. their form
        if (!ProofMetadata.TryRead(shown.Metadata, out var presented, out var fault))
            return ProofOutcome.Malformed(fault);
        if (presented.Count > (shown.Rule.Proof == ProofNeed.OfNewKey ? 2 : 1))
            return ProofOutcome.Rejected("too many proofs");

        VerifiedProof? proof = null;
        NewKeyProof? newKey = null;
        foreach (var parsed in presented)
        {
            // 2. the server that the app saw
            if (!IsOurCertificate(parsed.ServerCertificateHash.Span, shown.OverLoopback))
                return ProofOutcome.Rejected("server_certificate_sha256: not a certificate of this deployment");

            // 3. its time
            if (!IsInTime(parsed.Freshness, shown, out var challenge))
                return ProofOutcome.Rejected("expired, not from here, or for another purpose");

            // 4. the signature
            var payload = parsed.PayloadFor(deployment.Value.Audience, shown.Rule.Rpc, shown.MessageHash, shown.TokenHash);
            DeviceRow? device = null;
            if (parsed.IsByNewKey)
            {
                if (shown.Rule.Proof != ProofNeed.OfNewKey || newKey is not null)
                    return ProofOutcome.Rejected("device_id: required");
                newKey = new NewKeyProof(parsed.Signature, payload, challenge is { Relayed: true });
            }
            else
            {
                device = await FindDeviceAsync(parsed.DeviceId, cancellationToken);
                if (device is null || proof is not null || !parsed.Signature.IsBy(KeyOf(device), payload))
                    return ProofOutcome.Rejected("the signature does not verify");
            }

            // 5. once only
            var used = (parsed.Freshness, challenge) switch
            {
                (ProofFreshness.ByChallenge by, { } returned) => await TryConsumeAsync(by.Challenge, parsed.DeviceId, returned.ExpiresAt, cancellationToken),
                (ProofFreshness.ByTime by, _) => await usedIds.TryUseAsync(Convert.ToHexString(by.Jti.Span), Window + ClockSkew, cancellationToken),
                _ => false,
            };
            if (!used)
                return ProofOutcome.Rejected("used before");

            if (device is not null)
                proof = new VerifiedProof(device, challenge is not null, challenge is { Relayed: true }) { RoundTrip = challenge?.RoundTrip };
        }

        return ProofOutcome.Accepted(proof, newKey);
    }

    private static DevicePublicKey KeyOf(DeviceRow device) =>
        DevicePublicKey.TryParse(device.PublicKey, out var key) ? key : throw new InvalidOperationException("A stored key does not parse.");

    private bool IsOurCertificate(ReadOnlySpan<byte> hash, bool overLoopback)
    {
        if (hash.IsEmpty)
            return overLoopback && _certificates.Length == 0;
        foreach (var certificate in _certificates)
        {
            if (CryptographicOperations.FixedTimeEquals(certificate, hash))
                return true;
        }

        return false;
    }

    private bool IsInTime(ProofFreshness freshness, ProofPresentation shown, out ReturnedChallenge? challenge)
    {
        challenge = null;
        switch (freshness)
        {
            case ProofFreshness.ByChallenge by:
                var isOurs = challenges.TryVerify(by.Challenge.Span, shown.Rule.Challenge, shown.Network, out var returned);
                challenge = returned;
                return isOurs;
            // Without a challenge a login could not be told from a relayed one.
            case ProofFreshness.ByTime when shown.Rule.Challenge == ChallengePurpose.Login:
                return false;
            case ProofFreshness.ByTime by:
                var (issuedAt, now) = (by.IssuedAt.ToDateTimeOffset(), clock.GetUtcNow());
                return issuedAt > _startedAt + ClockSkew && issuedAt > now - Window && issuedAt <= now + ClockSkew;
            default:
                return false;
        }
    }

    private async Task<DeviceRow?> FindDeviceAsync(string id, CancellationToken cancellationToken) =>
        DeviceId.TryParse(id, out _)
            ? await database.ReadAsync(rows => rows.Devices.SingleOrDefaultAsync(row => row.Id == id, cancellationToken), cancellationToken)
            : null;

    /// <summary>Each signer once: in BindDevice the new key and the old one answer the same challenge.</summary>
    private Task<bool> TryConsumeAsync(
        ReadOnlyMemory<byte> challenge, string signer, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var hash = SHA256.HashData([.. challenge.Span, .. System.Text.Encoding.UTF8.GetBytes(signer)]);
        return database.WriteAsync(
            async work =>
            {
                if (await work.Rows.ConsumedChallenges.AnyAsync(row => row.Hash == hash, cancellationToken))
                    return false;
                work.Rows.ConsumedChallenges.Add(new ConsumedChallengeRow { Hash = hash, ExpiresAt = expiresAt });
                return true;
            },
            cancellationToken);
    }
}
