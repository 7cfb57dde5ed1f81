using AuthService.Protocol;
using Google.Rpc;
using Grpc.Core;

namespace AuthService.Tests;

/// <summary>Reads refusals in the form of AIP-193.</summary>
public static class Refusals
{
    public static async Task<RpcException> OfAsync<T>(AsyncUnaryCall<T> call) =>
        await Should.ThrowAsync<RpcException>(async () => await call.ResponseAsync);

    public static async Task<RpcException> OfAsync(Func<Task> call) => await Should.ThrowAsync<RpcException>(call);

    /// <summary>The one reason that every refusal has.</summary>
    public static string Reason(this RpcException refusal)
    {
        var why = refusal.GetRpcStatus()?.GetDetail<ErrorInfo>().ShouldNotBeNull();
        why!.Domain.ShouldBe(ErrorDomain.Name);
        return why.Reason;
    }

    /// <summary>The fields that a refusal names.</summary>
    public static IReadOnlyList<string> Fields(this RpcException refusal) =>
        [.. refusal.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations.Select(violation => violation.Field) ?? []];
}
