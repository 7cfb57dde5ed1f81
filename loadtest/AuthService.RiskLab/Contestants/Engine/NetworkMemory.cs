using System.Net;
using System.Net.Sockets;

namespace AuthService.RiskLab.Contestants.Engine;

/// <summary>What is remembered of each /24 or /48: who uses it, and how many failures came from it within the hour.</summary>
internal sealed class NetworkMemory
{
    /// <summary>As the server counts: no further.</summary>
    private const int Many = 20;

    /// <summary>So many failures an hour are usual anywhere: people mistype.</summary>
    private const int Usual = 3;

    private readonly Dictionary<UInt128, HashSet<int>> _accounts = [];
    private readonly Dictionary<UInt128, Queue<DateTimeOffset>> _failures = [];

    public int? AccountsOn(IPAddress? peer, int account)
    {
        if (peer is null)
            return null;

        var seen = _accounts.GetValueOrDefault(Prefix(peer));
        return seen is null ? 1 : Math.Min(Many, seen.Contains(account) ? seen.Count : seen.Count + 1);
    }

    public void NoteAccount(IPAddress? peer, int account)
    {
        if (peer is null)
            return;

        if (!_accounts.TryGetValue(Prefix(peer), out var seen))
            _accounts[Prefix(peer)] = seen = [];
        if (seen.Count < Many)
            seen.Add(account);
    }

    public void NoteFailure(IPAddress? peer, DateTimeOffset time)
    {
        if (peer is null)
            return;

        if (!_failures.TryGetValue(Prefix(peer), out var failures))
            _failures[Prefix(peer)] = failures = new Queue<DateTimeOffset>();
        failures.Enqueue(time);
        while (failures.Count > 200)
            failures.Dequeue();
    }

    public int FailuresFrom(IPAddress? peer, DateTimeOffset time) =>
        peer is not null && _failures.TryGetValue(Prefix(peer), out var failures)
            ? Math.Max(0, failures.Count(failure => failure <= time && failure > time.AddHours(-1)) - Usual)
            : 0;

    private static UInt128 Prefix(IPAddress peer)
    {
        if (peer.IsIPv4MappedToIPv6)
            peer = peer.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        peer.TryWriteBytes(bytes, out _);
        return peer.AddressFamily == AddressFamily.InterNetwork
            ? (UInt128)((bytes[0] << 16) | (bytes[1] << 8) | bytes[2])
            : System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes) >> 80 << 32;
    }
}
