using System.Buffers.Binary;
using System.Security.Cryptography;
using AuthService.Ecv.Reputation;
using AuthService.Ecv.Risk;
using AuthService.Hosting.Network;
using AuthService.Security.Keys;
using AuthService.Storage.Ids;
using Microsoft.Extensions.Options;

namespace AuthService.Risk;

/// <summary>
/// What this process remembers of recent logins: failures by network, account and device, and the doubts of attempts whose secret
/// was right. For an hour at most, in memory, under keys that die with the process; bounded by <see cref="RiskOptions"/>.
/// </summary>
public sealed class LoginMemory(IOptions<RiskOptions> options)
{
    private readonly Lock _lock = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ReputationTable _reputation = new(options.Value.NetworksRemembered);
    private readonly DoubtTable _doubts = new(options.Value.DoubtsRemembered);
    private readonly RefusedRefreshes _refreshes = new(options.Value.DoubtsRemembered);

    /// <summary>Fills in what is remembered of a call's network, account and device.</summary>
    /// <param name="facts">What is known otherwise.</param>
    /// <param name="network">Where the call came from, or null if nobody observed it.</param>
    /// <param name="account">Whose doubts are recalled.</param>
    /// <param name="subject">Whose failures are counted: the account, or an identifier that has none.</param>
    /// <param name="device">The bound device that proved itself, or null.</param>
    /// <param name="now">The time.</param>
    public CallFacts Describe(
        CallFacts facts, ClientNetwork? network, AccountId account, string subject, string? device, DateTimeOffset now)
    {
        lock (_lock)
        {
            var described = _reputation.Describe(
                facts, network is { } seen ? Hash("network", seen.LimitKey) : 0, Hash("account", subject), DeviceHash(device), now);
            return network is { } from ? described with { Remembered = _doubts.Recall(KeyOf(from, account), now) } : described;
        }
    }

    /// <summary>What the network alone has shown: all that may refuse before a secret is looked at.</summary>
    public CallFacts Describe(ClientNetwork network, DateTimeOffset now)
    {
        lock (_lock)
            return _reputation.Describe(new CallFacts(), Hash("network", network.LimitKey), identifier: 0, device: null, now);
    }

    /// <summary>A secret was wrong, of an account or of an identifier that has none.</summary>
    public void Failed(ClientNetwork network, string subject, string? device, DateTimeOffset now)
    {
        lock (_lock)
            _reputation.Failed(Hash("network", network.LimitKey), Hash("account", subject), DeviceHash(device), now);
    }

    /// <summary>The secret was right and the surroundings were not: leaving out what raised doubt must not help the next try.</summary>
    public void Doubted(ClientNetwork network, AccountId account, RiskVerdict verdict, DateTimeOffset now)
    {
        lock (_lock)
            _doubts.Remember(KeyOf(network, account), verdict, now);
    }

    /// <summary>A session was not refreshed for its surroundings: leaving all of them out must not help its next try.</summary>
    public void RefusedRefresh(ClientNetwork network, AccountId account, SessionId session, RiskVerdict verdict, DateTimeOffset now)
    {
        lock (_lock)
        {
            var (whose, where) = KeyOf(network, account);
            _doubts.Remember(new DoubtKey(whose, where), verdict, now);
            _refreshes.Remember(whose, where, Hash("session", session.Value), now);
        }
    }

    /// <summary>Whether a refresh of this session was refused from this network within half an hour.</summary>
    public bool IsRefreshRefused(ClientNetwork network, AccountId account, SessionId session, DateTimeOffset now)
    {
        lock (_lock)
        {
            var (whose, where) = KeyOf(network, account);
            return _refreshes.Holds(whose, where, Hash("session", session.Value), now);
        }
    }

    /// <summary>It was the owner after all.</summary>
    public void Cleared(ClientNetwork network, AccountId account)
    {
        lock (_lock)
        {
            var (whose, where) = KeyOf(network, account);
            _doubts.Forget(new DoubtKey(whose, where));
            _refreshes.Forget(whose, where);
        }
    }

    /// <summary>All that is remembered of an account: it begins anew, with a password that none of the failures was about.</summary>
    public void Forget(AccountId account)
    {
        lock (_lock)
        {
            _reputation.Forget(Hash("account", account.Value));
            _doubts.ForgetAccount(Hash("account", account.Value));
            _refreshes.Forget(Hash("account", account.Value), network: null);
        }
    }

    private DoubtKey KeyOf(ClientNetwork network, AccountId account) => new(Hash("account", account.Value), Hash("prefix", network.Prefix));

    private ulong? DeviceHash(string? device) => device is null ? null : Hash("device", device);

    /// <summary>Nobody outside can choose two values that meet, or learn from a dump which these were.</summary>
    private ulong Hash(params ReadOnlySpan<string> parts)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Transcript.Of(parts), mac);
        return BinaryPrimitives.ReadUInt64BigEndian(mac);
    }
}
