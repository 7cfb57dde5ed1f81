using System.Collections.Frozen;
using AuthService.Protocol;
using AuthService.RateLimiting;
using AuthService.V1;
using static AuthService.RateLimiting.LimitName;
using static AuthService.V1.EventType;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace AuthService.Hosting.Calls;

/// <summary>The one table of what every RPC needs (design §4). An RPC that is not in it is refused.</summary>
public static class RpcTable
{
    public static IReadOnlyList<RpcRule> Rules { get; } =
    [
        Anyone(AccountService.Descriptor, "CreateAccount", AccountCreated, NetworkLogin),
        Anyone(AccountService.Descriptor, "VerifyContact", ContactVerified, NetworkLogin) with { Callers = CallerKinds.Anyone | CallerKinds.User },
        User(AccountService.Descriptor, "GetAccount"),
        User(AccountService.Descriptor, "UpdateAccount", AccountUpdated),
        Fresh(AccountService.Descriptor, "ChangePassword", PasswordChanged),
        Anyone(AccountService.Descriptor, "StartRecovery", RecoveryStarted, NetworkLogin),
        Anyone(AccountService.Descriptor, "CompleteRecovery", RecoveryCompleted, NetworkLogin) with { Proof = ProofNeed.Optional },
        Anyone(AccountService.Descriptor, "ReportCompromise", CompromiseReported, NetworkLogin) with { Callers = CallerKinds.Anyone | CallerKinds.User },

        Fresh(DeviceService.Descriptor, "BindDevice", DeviceBound) with { Proof = ProofNeed.OfNewKey, Challenge = ChallengePurpose.BindDevice },
        User(DeviceService.Descriptor, "ListDevices"),
        Fresh(DeviceService.Descriptor, "UnbindDevice", DeviceUnbound),

        Service(EcvService.Descriptor, "ComputeEcv", Scopes.EcvCompute, EcvComputed),
        Service(EcvService.Descriptor, "VerifyEcv", Scopes.EcvVerify, EcvVerified),
        Service(EcvService.Descriptor, "ExplainVerdict", Scopes.RiskExplain, VerdictExplained),

        Anyone(LoginService.Descriptor, "CreateChallenge", null),
        Anyone(LoginService.Descriptor, "Login", LoginSucceeded, NetworkLogin) with { Proof = ProofNeed.Optional, Challenge = ChallengePurpose.Login },
        Anyone(LoginService.Descriptor, "SendStepUpCode", CodeSent, NetworkLogin) with { Proof = ProofNeed.Optional },
        Anyone(LoginService.Descriptor, "CompleteStepUp", StepUpCompleted, NetworkLogin) with { Proof = ProofNeed.Optional },
        User(LoginService.Descriptor, "StartStepUp", StepUpStarted),
        User(LoginService.Descriptor, "ListFactors"),
        Fresh(LoginService.Descriptor, "EnrollFactor", FactorEnrolled),
        User(LoginService.Descriptor, "ConfirmFactor", FactorConfirmed),
        Fresh(LoginService.Descriptor, "RemoveFactor", FactorRemoved),

        Service(SessionService.Descriptor, "ValidateSession", Scopes.SessionsValidate),
        Service(SessionService.Descriptor, "BatchValidateSessions", Scopes.SessionsValidate),
        Service(SessionService.Descriptor, "WatchSessions", Scopes.SessionsWatch),
        Anyone(SessionService.Descriptor, "RefreshSession", SessionRefreshed) with { Proof = ProofNeed.Optional },
        UserOrService(SessionService.Descriptor, "RevokeSession", Scopes.Admin, SessionRevoked),
        UserOrService(SessionService.Descriptor, "RevokeAllSessions", Scopes.Admin, SessionRevoked),
        UserOrService(SessionService.Descriptor, "ListSessions", Scopes.Admin),
        Anyone(SessionService.Descriptor, "ListSigningKeys", null),

        Service(AuditService.Descriptor, "ListEvents", Scopes.AuditRead, EventsRead),

        Service(AdminService.Descriptor, "CreateServiceCredential", Scopes.Admin, ServiceCredentialCreated),
        Service(AdminService.Descriptor, "RevokeServiceCredential", Scopes.Admin, ServiceCredentialRevoked),
        Service(AdminService.Descriptor, "UnlockAccount", Scopes.Admin, AccountUnlocked),
        Service(AdminService.Descriptor, "LookUpAccount", Scopes.Admin, AccountLookedUp),
        Service(AdminService.Descriptor, "GetRiskPolicy", Scopes.RiskAdmin, RiskPolicyRead),
        Service(AdminService.Descriptor, "UpdateRiskPolicy", Scopes.RiskAdmin, RiskPolicyUpdated),
        Service(AdminService.Descriptor, "RotateKeys", Scopes.Admin, KeysRotated),
        Service(AdminService.Descriptor, "ListKeys", Scopes.Admin, KeysListed),
    ];

    private static FrozenDictionary<string, RpcRule> ByName { get; } =
        Rules.ToFrozenDictionary(rule => rule.Rpc.Value, StringComparer.Ordinal);

    /// <param name="path">Of the HTTP/2 request: <c>/authservice.v1.LoginService/Login</c>.</param>
    public static RpcRule? Find(string path) => ByName.GetValueOrDefault(path);

    private static RpcRule Anyone(ServiceDescriptor service, string rpc, EventType? @event, params LimitName[] limits) =>
        Rule(service, rpc, CallerKinds.Anyone, null, [LimitName.Network, .. limits], @event);

    private static RpcRule User(ServiceDescriptor service, string rpc, EventType? @event = null) =>
        Rule(service, rpc, CallerKinds.User, null, [LimitName.Network], @event);

    private static RpcRule Fresh(ServiceDescriptor service, string rpc, EventType @event) =>
        User(service, rpc, @event) with { Fresh = true };

    private static RpcRule Service(ServiceDescriptor service, string rpc, string scope, EventType? @event = null) =>
        Rule(service, rpc, CallerKinds.Service, scope, [], @event);

    private static RpcRule UserOrService(ServiceDescriptor service, string rpc, string scope, EventType? @event = null) =>
        User(service, rpc, @event) with { Callers = CallerKinds.User | CallerKinds.Service, Scope = scope };

    private static RpcRule Rule(
        ServiceDescriptor service, string rpc, CallerKinds callers, string? scope, IReadOnlyList<LimitName> limits, EventType? @event)
    {
        var method = service.FindMethodByName(rpc) ?? throw new InvalidOperationException($"{service.FullName} has no {rpc}.");
        return new RpcRule(RpcName.Of(method), callers, scope, ProofNeed.OfBoundSession, Fresh: false, limits, @event)
        {
            IsStream = method.IsServerStreaming || method.IsClientStreaming,
        };
    }
}
