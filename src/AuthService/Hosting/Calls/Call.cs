using AuthService.Hosting.Errors;
using AuthService.Hosting.Network;
using AuthService.Security.Proofs;
using AuthService.Storage.Ids;
using Grpc.Core;

namespace AuthService.Hosting.Calls;

/// <summary>One call, as the pipeline admitted it: what its handler may rely on.</summary>
public sealed class Call
{
    /// <summary>How long a factor makes calls fresh.</summary>
    internal static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    private const string ServicePrefix = "service:";

    internal Call(RpcRule rule, ClientNetwork network)
    {
        Rule = rule;
        Network = network;
    }

    public RpcRule Rule { get; }
    public ClientNetwork Network { get; }
    public Caller Caller { get; internal set; } = Caller.Anonymous.Instance;

    /// <summary>The proof by a bound device's key that came with the call and was verified, or null.</summary>
    public VerifiedProof? Proof { get; internal set; }

    /// <summary>The proof by the key that BindDevice brings: verified by its handler, who knows the key.</summary>
    public NewKeyProof? NewKey { get; internal set; }

    /// <summary>For a handler whose RPC only users may call.</summary>
    public Caller.User User => (Caller.User)Caller;

    /// <summary>
    /// Whether the user passed a factor, the login's own password included, within 5 minutes, or answered a challenge with this
    /// call's proof (design §4). A refresh is no factor.
    /// </summary>
    public bool IsFresh(DateTimeOffset now) =>
        Caller is Caller.User user && (user.FactorAt + Freshness >= now || Proof?.IsFreshFactorAt(now) is true);

    /// <summary>What the audit log calls the caller, or null for the account's owner and for nobody in particular.</summary>
    public string? CallerName => Caller is Caller.Service service ? ServicePrefix + service.Name : null;

    /// <summary>The name of the service in what the audit log calls a caller, or null.</summary>
    public static string? ServiceIn(string? callerName) =>
        callerName?.StartsWith(ServicePrefix, StringComparison.Ordinal) is true ? callerName[ServicePrefix.Length..] : null;

    /// <summary>
    /// Whose account a call is about that both users and services may make: a user's own, whatever the request says; a service
    /// has to name it.
    /// </summary>
    public AccountId Account(string requested, string servedRegion)
    {
        if (Caller is Caller.User user)
        {
            return requested.Length == 0 || requested == user.Account.Value
                ? user.Account
                : throw CallErrors.InvalidField("account_id", "Only services and operators may name an account.");
        }

        return Ids.ParseAccount("account_id", requested, servedRegion);
    }

    public static Call Of(ServerCallContext context) =>
        context.GetHttpContext().Features.Get<Call>()
        ?? throw new InvalidOperationException("The call did not pass the pipeline.");
}
