using System.Buffers.Binary;
using System.Security.Cryptography;
using AuthService.Ecv.Risk;
using AuthService.Hosting.Network;
using AuthService.Security.Keys;
using AuthService.Storage.Ids;

namespace AuthService.Risk;

/// <summary>
/// What is remembered of recent logins: failures by network, account and device, and the doubts of attempts whose secret was right. For
/// all replicas where there is a Redis, else by this process; under keyed hashes, so that neither holds an address or an id.
/// </summary>
public sealed class LoginMemory
{
    private readonly ILoginWindows _windows;
    private readonly byte[] _key;

    /// <param name="windows">Where they are kept.</param>
    /// <param name="sharedKey">What replicas make their hashes with; null where nobody else has to know them: a key that dies with the process.</param>
    internal LoginMemory(ILoginWindows windows, Key? sharedKey)
    {
        _windows = windows;
        _key = sharedKey?.Mac(Transcript.Of("authservice/login-memory/1")) ?? RandomNumberGenerator.GetBytes(32);
    }

    /// <summary>Fills in what is remembered of a call's network, account and device.</summary>
    /// <param name="facts">What is known otherwise.</param>
    /// <param name="network">Where the call came from, or null if nobody observed it.</param>
    /// <param name="account">Whose doubts are recalled.</param>
    /// <param name="subject">Whose failures are counted: the account, or an identifier that has none.</param>
    /// <param name="device">The bound device that proved itself, or null.</param>
    public async ValueTask<CallFacts> DescribeAsync(
        CallFacts facts, ClientNetwork? network, AccountId account, string subject, string? device, CancellationToken cancellationToken)
    {
        var doubts = network is { } from ? _windows.RecallAsync(KeyOf(from, account), cancellationToken) : ValueTask.FromResult(facts.Remembered);
        var described = await _windows.DescribeAsync(facts, FailuresOf(network, subject, device), cancellationToken);
        return described with { Remembered = await doubts };
    }

    /// <summary>What the network alone has shown: all that may refuse before a secret is looked at.</summary>
    public ValueTask<CallFacts> DescribeAsync(ClientNetwork network, CancellationToken cancellationToken) =>
        _windows.DescribeAsync(new CallFacts(), new FailureKeys(Hash("network", network.LimitKey), null, null), cancellationToken);

    /// <summary>A secret was wrong, of an account or of an identifier that has none.</summary>
    public ValueTask FailedAsync(ClientNetwork network, string subject, string? device) =>
        _windows.FailedAsync(FailuresOf(network, subject, device));

    /// <summary>The secret was right and the surroundings were not: leaving out what raised doubt must not help the next try.</summary>
    public ValueTask DoubtedAsync(ClientNetwork network, AccountId account, RiskVerdict verdict) =>
        _windows.DoubtedAsync(KeyOf(network, account), verdict, refreshRefused: null);

    /// <summary>A session was not refreshed for its surroundings: leaving all of them out must not help its next try.</summary>
    public ValueTask RefusedRefreshAsync(ClientNetwork network, AccountId account, SessionId session, RiskVerdict verdict) =>
        _windows.DoubtedAsync(KeyOf(network, account), verdict, Hash("session", session.Value));

    /// <summary>Whether a refresh of this session was refused from this network within half an hour.</summary>
    public ValueTask<bool> IsRefreshRefusedAsync(
        ClientNetwork network, AccountId account, SessionId session, CancellationToken cancellationToken) =>
        _windows.IsRefreshRefusedAsync(KeyOf(network, account), Hash("session", session.Value), cancellationToken);

    /// <summary>It was the owner after all.</summary>
    public ValueTask ClearedAsync(ClientNetwork network, AccountId account) => _windows.ClearAsync(KeyOf(network, account));

    /// <summary>All that is remembered of an account: it begins anew, with a password that none of the failures was about.</summary>
    public ValueTask ForgetAsync(AccountId account) => _windows.ForgetAsync(Hash("account", account.Value));

    private FailureKeys FailuresOf(ClientNetwork? network, string subject, string? device) => new(
        network is { } seen ? Hash("network", seen.LimitKey) : null,
        Hash("account", subject),
        device is null ? null : Hash("device", device));

    private DoubtKey KeyOf(ClientNetwork network, AccountId account) => new(Hash("account", account.Value), Hash("prefix", network.Prefix));

    /// <summary>Nobody outside can choose two values that meet, or learn from a dump which these were.</summary>
    private ulong Hash(params ReadOnlySpan<string> parts)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Transcript.Of(parts), mac);
        return BinaryPrimitives.ReadUInt64BigEndian(mac);
    }
}
