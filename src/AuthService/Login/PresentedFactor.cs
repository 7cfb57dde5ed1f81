using AuthService.Hosting.Errors;
using AuthService.Security;
using AuthService.Storage.Rows;
using AuthService.V1;
using Factor = AuthService.V1.CompleteStepUpRequest.FactorOneofCase;

namespace AuthService.Login;

/// <summary>What a person shows to complete a step-up.</summary>
/// <param name="Kind">For a code that was sent, unspecified: the step-up knows by which way it went.</param>
/// <param name="Value">The code.</param>
internal sealed record PresentedFactor(FactorKind Kind, Secret<string> Value)
{
    private const int MaxLength = 32;

    /// <summary>The factor that it shows, if it is right.</summary>
    public FactorKind KindOf(StepUpRow row) => Kind == FactorKind.Unspecified ? (FactorKind)row.CodeFactor : Kind;

    public static PresentedFactor? Parse(FieldViolations fields, CompleteStepUpRequest request)
    {
        switch (request.FactorCase)
        {
            case Factor.Code:
                return Parse(fields, "code", FactorKind.Unspecified, request.Code);
            case Factor.Totp:
                return Parse(fields, "totp", FactorKind.Totp, request.Totp);
            case Factor.RecoveryCode:
                return Parse(fields, "recovery_code", FactorKind.RecoveryCode, request.RecoveryCode);
            case Factor.ApprovalId:
                fields.Add("approval_id", "Must be another factor: approvals are not offered yet.");
                return null;
            default:
                fields.Add("code", "Required: a code, a TOTP or a recovery code.");
                return null;
        }
    }

    private static PresentedFactor Parse(FieldViolations fields, string field, FactorKind kind, string value)
    {
        fields.Text(field, value, MaxLength, required: true);
        return new PresentedFactor(kind, new Secret<string>(value));
    }
}
