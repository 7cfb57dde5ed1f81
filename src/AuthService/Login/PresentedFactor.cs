using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Security;
using AuthService.Storage.Rows;
using AuthService.V1;
using Factor = AuthService.V1.CompleteStepUpRequest.FactorOneofCase;

namespace AuthService.Login;

/// <summary>What a person shows to complete a step-up.</summary>
/// <param name="Kind">For a code that was sent, unspecified: the step-up knows by which way it went.</param>
/// <param name="Value">The code, or the id of the device that the call proves.</param>
internal sealed record PresentedFactor(FactorKind Kind, Secret<string> Value)
{
    private const int MaxLength = 32;
    private const int MaxDeviceId = 128;

    /// <summary>The factor that it shows, if it is right.</summary>
    public FactorKind KindOf(StepUpRow row) => Kind == FactorKind.Unspecified ? (FactorKind)row.CodeFactor : Kind;

    /// <summary>Whether the call's own proof shows the key: fresh, of this account, of the device that is named.</summary>
    public bool IsProvenKey(Call call, string account, DateTimeOffset now) =>
        Kind == FactorKind.DeviceKey
        && call.Proof is { } proof && proof.IsFreshFactorAt(now)
        && proof.Device.AccountId == account && proof.Device.Id == Value.Value;

    public static PresentedFactor? Parse(FieldViolations fields, CompleteStepUpRequest request, Call call)
    {
        switch (request.FactorCase)
        {
            case Factor.Code:
                return Parse(fields, "code", FactorKind.Unspecified, request.Code);
            case Factor.Totp:
                return Parse(fields, "totp", FactorKind.Totp, request.Totp);
            case Factor.RecoveryCode:
                return Parse(fields, "recovery_code", FactorKind.RecoveryCode, request.RecoveryCode);
            case Factor.Device when call.Proof is not { WithChallenge: true }:
                throw CallErrors.ProofRequired();
            case Factor.Device:
                fields.Text("device.device_id", request.Device.DeviceId, MaxDeviceId, required: true);
                return new PresentedFactor(FactorKind.DeviceKey, new Secret<string>(request.Device.DeviceId));
            case Factor.ApprovalId:
                fields.Add("approval_id", "Must be another factor: approvals are not offered yet.");
                return null;
            default:
                fields.Add("code", "Required: a code, a TOTP, a recovery code or a device.");
                return null;
        }
    }

    private static PresentedFactor Parse(FieldViolations fields, string field, FactorKind kind, string value)
    {
        fields.Text(field, value, MaxLength, required: true);
        return new PresentedFactor(kind, new Secret<string>(value));
    }
}
