namespace AuthService.Protocol;

/// <summary>Who speaks in <c>google.rpc.ErrorInfo.domain</c> (AIP-193).</summary>
public static class ErrorDomain
{
    public const string Name = "authservice";
}
