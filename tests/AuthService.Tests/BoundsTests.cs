using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using AuthService.Ecv.Risk;
using AuthService.Hosting;
using AuthService.Protocol;
using Google.Protobuf;

namespace AuthService.Tests;

/// <summary>
/// No queue, buffer or cache of the server grows without a bound: each field that can hold more and more is in a table here, with what
/// bounds it. A new one fails this test until somebody has said so; <c>eng/BannedSymbols.Server.txt</c> refuses unbounded channels.
/// </summary>
public sealed class BoundsTests
{
    /// <summary>What lives as long as the process, and what bounds it.</summary>
    private static readonly Dictionary<string, string> Bounds = new(StringComparer.Ordinal)
    {
        ["AccessTokenKeys._handles"] = "the keyring's keys",
        ["AccessTokenKeys._verifying"] = "the keyring's keys",
        ["AccountKeyStore._cache"] = "Keys:AccountsCached; AccountKeyStoreTests fills it",
        ["BuiltInConfiguration.Development"] = "constant",
        ["BuiltInConfiguration.Everywhere"] = "constant",
        ["BuiltInConfiguration.Variables"] = "constant",
        ["CallsInFlight._callers"] = "Concurrency:Calls and Streams: a caller is known while he calls; CallsInFlightTests fills it",
        ["CommonPasswords.Passwords"] = "the embedded list",
        ["CountedEvents._counts"] = "CountedEvents.MaxKeys, and one for each RPC and reason; CountedEventsTests fills it",
        ["CredentialReader.Shared"] = "constant: options, no entries",
        ["CredentialReader._just"] = "1,024",
        ["CredentialReader.cache"] = "nothing is kept in memory (DisableLocalCache); in Redis ten seconds; who asks is in CallsInFlight",
        ["DeviceSightings._seen"] = "DeviceSightings.MostDevices; DeviceSightingsTests fills it",
        ["DistinctCounter.few"] = "128, then registers",
        ["DoubtTable.known"] = "Risk:DoubtsRemembered; LocalLoginWindowsTests fills it",
        ["Frontier._edge"] = "a node a level: 63; MerkleTreeTests",
        ["HashingQueue._waiting"] = "Passwords:Hashing:QueueLength; HashingGateTests fill it",
        ["HeldFiles._held"] = "the two databases",
        ["LengthTable.Classes"] = "the operator's file",
        ["LocalLimits._tables"] = "one for each limit",
        ["LocalProofIds._inOrder"] = "as _used",
        ["LocalProofIds._used"] = "LocalProofIds.Capacity; LocalProofIdsTests fill it",
        ["LookUpAccount.FactorKindNames"] = "constant",
        ["MessageDispatcher._underWay"] = "MessageDispatcher.AtOnce; what waits is in the database",
        ["MessageSignal._raised"] = "one",
        ["NetworkReputation.identifiers"] = "NetworkReputation.MostIdentifiers",
        ["PopulationTable.entries"] = "Risk:ValuesCached; PopulationTableTests fill it",
        ["PrefixFile.Classes"] = "constant",
        ["RefusedRefreshes._known"] = "Risk:DoubtsRemembered; LocalLoginWindowsTests fills it",
        ["ReputationTable.networks"] = "Risk:NetworksRemembered; LocalLoginWindowsTests fills it",
        ["ReputationTable.targets"] = "Risk:NetworksRemembered; LocalLoginWindowsTests fills it",
        ["RiskPolicies._known"] = "64",
        ["ServiceCredentials._known"] = "1,024",
        ["SessionFeed._recent"] = "SessionFeed.Remembered; SessionFeedTests fill it",
        ["SessionStates._cache"] = "Sessions:SessionsCached",
        ["Shard.Arrivals"] = "RateLimits:KeysRemembered; GcraTableTests fill it",
        ["SqliteHotRows._prepared"] = "the statements of Statements, each once; HotRowsTests",
        ["SqliteStore._line"] = "Concurrency:Calls, and what runs in the background: each waits for one transaction, and who gives up leaves; GroupCommitTests",
        ["Known.Tokens"] = "Sessions:TokensCached",
    };

    /// <summary>What lives for one piece of work, and goes with it.</summary>
    private static readonly Dictionary<string, string> ShortLived = new(StringComparer.Ordinal)
    {
        ["AddressSourceOptions.MmdbFiles"] = "configuration",
        ["ClientAddressOptions.TrustedProxies"] = "configuration",
        ["FieldReader.violations"] = "a message, which is bounded",
        ["FieldViolations._violations"] = "a message, which is bounded",
        ["PasswordPolicyOptions.ServiceWords"] = "configuration",
        ["PopulationCounts.counts"] = "a login",
        ["ProfileContent.Devices"] = "a login; 20 a kind",
        ["ProfileContent.Kinds"] = "a login; 20 a kind",
        ["ProfileContent.Visits"] = "a login; 20 a kind",
        ["ProofOptions.ServerCertificateSha256"] = "configuration",
        ["ServingOptions.AllowPlaintextFrom"] = "configuration",
        ["ServingOptions.MetricsFrom"] = "configuration",
        ["Work._afterCommit"] = "a transaction",
        ["Work._afterwards"] = "a transaction",
        ["Work._events"] = "a transaction",
        ["Work._last"] = "a transaction",
        ["Work._writes"] = "a transaction",
    };

    private static readonly Assembly[] Server = [typeof(AuthServiceApplication).Assembly, typeof(RiskEngine).Assembly, typeof(ErrorReasons).Assembly];

    [Fact]
    public void Whatever_can_grow_has_a_stated_bound() =>
        Growing().Except(Bounds.Keys, StringComparer.Ordinal).Except(ShortLived.Keys, StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void The_tables_name_nothing_that_is_gone() =>
        Bounds.Keys.Concat(ShortLived.Keys).Except(Growing(), StringComparer.Ordinal).ShouldBeEmpty();

    private static List<string> Growing() =>
    [
        .. Server.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !IsMadeByTools(type))
            .SelectMany(type => type.GetFields(
                BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsLiteral && CanGrow(field.FieldType))
            .Select(field => $"{field.DeclaringType!.Name}.{NameOf(field)}")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Closures, state machines, messages, migrations.</summary>
    private static bool IsMadeByTools(Type type) =>
        type.GetCustomAttribute<CompilerGeneratedAttribute>() is not null
        || type.DeclaringType is { } outer && IsMadeByTools(outer)
        || typeof(IMessage).IsAssignableFrom(type)
        || type.Name.EndsWith("Reflection", StringComparison.Ordinal)
        || type.Namespace?.Contains(".Migrations", StringComparison.Ordinal) is true;

    private static bool CanGrow(Type type)
    {
        if (type.IsArray)
            return CanGrow(type.GetElementType()!);
        if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Lazy<>) || type.GetGenericTypeDefinition() == typeof(Nullable<>)))
            return CanGrow(type.GetGenericArguments()[0]);
        var name = (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? type.Name;
        return name.StartsWith("System.Threading.Channels.", StringComparison.Ordinal)
            || name.StartsWith("BitFaster.Caching.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Extensions.Caching.", StringComparison.Ordinal)
            || (name.StartsWith("System.Collections.", StringComparison.Ordinal) && typeof(IEnumerable).IsAssignableFrom(type) && !IsReadOnly(name));
    }

    private static bool IsReadOnly(string name) =>
        name.Contains(".Immutable.", StringComparison.Ordinal) || name.Contains(".Frozen.", StringComparison.Ordinal)
        || name.Contains(".IReadOnly", StringComparison.Ordinal) || name.Contains(".IEnumerable", StringComparison.Ordinal)
        || name.Contains(".BitArray", StringComparison.Ordinal);

    /// <summary>Properties and captured parameters by the name that the source has.</summary>
    private static string NameOf(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
}
