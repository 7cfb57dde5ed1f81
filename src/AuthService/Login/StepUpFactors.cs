using System.Security.Cryptography;
using AuthService.Hosting.Calls;
using AuthService.Security.Factors;
using AuthService.Security.Keys;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;

namespace AuthService.Login;

/// <summary>Compares what was shown with what a step-up asks for.</summary>
internal sealed class StepUpFactors(SecondFactors secondFactors, OneTimeCodes codes, RequestIds requestIds)
{
    /// <summary>Whether it is one of the allowed factors, and right. One that passes is used up.</summary>
    public async Task<bool> PassAsync(
        Work work, StepUpRow row, PresentedFactor presented, AccountKeys keys, Call call, CancellationToken cancellationToken)
    {
        if (!new FactorSet(row.AllowedFactors).Has(presented.KindOf(row)))
            return false;

        return presented.Kind switch
        {
            FactorKind.Unspecified => row.CodeExpiresAt > work.Now && row.CodeHash is { } hash && codes.IsMatch(row.Id, presented.Value, hash),
            FactorKind.Totp => await SecondFactors.PassTotpAsync(work, keys, presented.Value, cancellationToken),
            FactorKind.DeviceKey => presented.IsProvenKey(call, row.AccountId, work.Now),
            FactorKind.RecoveryCode => await secondFactors.PassRecoveryCodeAsync(work, keys, presented.Value, cancellationToken),
            _ => false,
        };
    }

    /// <summary>Notes what completed a step-up, to know it again; nothing that it could be told from.</summary>
    public void MarkCompleted(Work work, StepUpRow row, string requestId, PresentedFactor presented)
    {
        row.CompletedAt = work.Now;
        row.CompletedByRequestId = requestIds.Fingerprint(requestId);
        row.CompletedFactorHash = HashOf(row, presented);
    }

    /// <summary>Whether this is the request that completed the step-up, sent once more while its code lives.</summary>
    public bool IsRepeat(StepUpRow row, string requestId, PresentedFactor presented, DateTimeOffset now) =>
        requestIds.Fingerprint(requestId) is { } request
        && row.CompletedByRequestId == request
        && (row.CodeExpiresAt ?? row.ExpiresAt) > now
        && row.CompletedFactorHash is { } hash
        && CryptographicOperations.FixedTimeEquals(HashOf(row, presented), hash);

    private byte[] HashOf(StepUpRow row, PresentedFactor presented) => codes.Hash(row.Id, presented.Value);
}
