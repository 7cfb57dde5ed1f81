using Google.Rpc;

namespace AuthService.Client;

/// <summary>A field that the service did not take.</summary>
/// <param name="Field">Its path in the request, <c>environment.wifi.ssid</c>.</param>
/// <param name="Description">What it should be.</param>
public sealed record FieldViolation(string Field, string Description)
{
    internal static FieldViolation Of(BadRequest.Types.FieldViolation violation) => new(violation.Field, violation.Description);
}
