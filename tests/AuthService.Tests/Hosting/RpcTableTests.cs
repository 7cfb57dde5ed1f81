using AuthService.Hosting;
using AuthService.Hosting.Calls;
using AuthService.Protocol;
using AuthService.V1;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace AuthService.Tests.Hosting;

public sealed class RpcTableTests(SharedService shared) : IClassFixture<SharedService>
{
    /// <summary>Every service of the contract: found in the generated code, so that none can be forgotten.</summary>
    private static IReadOnlyList<ServiceDescriptor> Contract { get; } =
    [
        .. typeof(DeviceProof).Assembly.GetTypes()
            .Where(type => type.Namespace == "AuthService.V1" && type.GetProperty("Descriptor")?.PropertyType == typeof(ServiceDescriptor))
            .Select(type => (ServiceDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!),
    ];

    private static IReadOnlyList<string> Rpcs { get; } =
        [.. Contract.SelectMany(service => service.Methods).Select(method => RpcName.Of(method).Value).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_RPC_of_the_contract_is_in_the_table_and_no_other() =>
        RpcTable.Rules.Select(rule => rule.Rpc.Value).Order(StringComparer.Ordinal).ShouldBe(Rpcs);

    [Fact]
    public void Every_service_of_the_contract_is_told_of() =>
        ServedContract.Services.Select(service => service.FullName).ShouldBe(Contract.Select(service => service.FullName), ignoreOrder: true);

    [Fact]
    public void Every_RPC_of_the_contract_is_served()
    {
        var endpoints = shared.Service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

        Rpcs.ShouldBeSubsetOf(endpoints.Select(endpoint => endpoint.RoutePattern.RawText));
    }

    [Fact]
    public void Services_need_a_scope_of_services_and_nobody_else_needs_one() =>
        RpcTable.Rules.ShouldAllBe(rule => rule.Callers.HasFlag(CallerKinds.Service) == (rule.Scope != null)
            && (rule.Scope == null || Scopes.OfServices.Contains(rule.Scope)));

    [Fact]
    public void Only_users_can_be_fresh() =>
        RpcTable.Rules.Where(rule => rule.Fresh).ShouldAllBe(rule => rule.Callers == CallerKinds.User);

    [Fact]
    public void Whatever_anyone_or_a_user_may_call_is_limited_by_network() =>
        RpcTable.Rules.Where(rule => rule.Callers != CallerKinds.Service).ShouldAllBe(rule => rule.Limits.Contains(AuthService.RateLimiting.LimitName.Network));
}
