using AuthService.Client;
using AuthService.Protocol;
using Grpc.Core;

namespace AuthService.SystemTests.Harness;

public static class Refusals
{
    /// <summary>The reason (AIP-193) that a call is refused for.</summary>
    public static async Task<string> ReasonAsync<T>(AsyncUnaryCall<T> call)
    {
        var refusal = await Should.ThrowAsync<RpcException>(call.ResponseAsync);
        return AuthServiceException.From(refusal).Reason;
    }

    /// <summary>Calls until there is room: as well-behaved clients do, it comes back when the service said.</summary>
    public static async Task<T> PatientlyAsync<T>(Func<AsyncUnaryCall<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (RpcException problem) when (AuthServiceException.From(problem) is { Reason: ErrorReasons.Overloaded, RetryAfter: { } wait })
            {
                await Task.Delay(wait);
            }
        }
    }
}
