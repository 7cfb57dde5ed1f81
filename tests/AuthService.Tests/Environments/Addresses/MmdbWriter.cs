using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AuthService.Tests.Environments.Addresses;

/// <summary>
/// Writes small MMDB files: tree, data, metadata, by "MaxMind DB File Format Specification 2.0". The more special network speaks, in
/// whatever order they are added.
/// </summary>
internal sealed class MmdbWriter
{
    private const int RecordBits = 32, DataSeparator = 16;

    private readonly List<(IPNetwork Network, byte[] Record)> _networks = [];

    /// <summary>4: a tree for IPv4 alone. Default 6: for both, with IPv4 under ::/96.</summary>
    public int IpVersion { get; init; } = 6;

    public DateTimeOffset BuiltAt { get; init; } = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    public MmdbWriter Add(string network, params (string Name, object Value)[] record)
    {
        _networks.Add((IPNetwork.Parse(network), MmdbBytes.Of(record.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal))));
        return this;
    }

    public void WriteTo(string path) => File.WriteAllBytes(path, ToBytes());

    public byte[] ToBytes()
    {
        var data = new List<byte>();
        var root = new Node();
        foreach (var (network, record) in _networks.OrderBy(known => known.Network.PrefixLength + (IsIPv4InBoth(known.Network) ? 96 : 0)))
        {
            root.Insert(PathOf(network), data.Count);
            data.AddRange(record);
        }

        var nodes = root.Number();
        return [.. nodes.SelectMany(node => node.ToBytes(nodes.Count)), .. new byte[DataSeparator], .. data, .. Marker, .. Metadata(nodes.Count)];
    }

    private static byte[] Marker => [0xab, 0xcd, 0xef, .. Encoding.ASCII.GetBytes("MaxMind.com")];

    private byte[] Metadata(int nodes) => MmdbBytes.Of(new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["binary_format_major_version"] = (ushort)2,
        ["binary_format_minor_version"] = (ushort)0,
        ["build_epoch"] = (ulong)BuiltAt.ToUnixTimeSeconds(),
        ["database_type"] = "Test",
        ["description"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["en"] = "Made by a test" },
        ["ip_version"] = (ushort)IpVersion,
        ["languages"] = Array.Empty<object>(),
        ["node_count"] = (uint)nodes,
        ["record_size"] = (ushort)RecordBits,
    });

    private bool IsIPv4InBoth(IPNetwork network) => IpVersion == 6 && network.BaseAddress.AddressFamily == AddressFamily.InterNetwork;

    private bool[] PathOf(IPNetwork network)
    {
        var bits = network.BaseAddress.GetAddressBytes().SelectMany(part => Enumerable.Range(0, 8).Select(bit => (part & (0x80 >> bit)) != 0));
        return [.. IsIPv4InBoth(network) ? new bool[96] : [], .. bits.Take(network.PrefixLength)];
    }

    /// <summary>A node of the tree: on each side another node, a place in the data, or nothing.</summary>
    private sealed class Node
    {
        private readonly Node?[] _next = new Node?[2];
        private readonly int?[] _data = new int?[2];
        private int _number;

        public void Insert(ReadOnlySpan<bool> path, int data)
        {
            var side = path[0] ? 1 : 0;
            if (path.Length == 1)
            {
                (_next[side], _data[side]) = (null, data);
                return;
            }

            // What was said of the whole holds for the rest of it.
            _next[side] ??= new Node { _data = { [0] = _data[side], [1] = _data[side] } };
            _next[side]!.Insert(path[1..], data);
        }

        public List<Node> Number()
        {
            var all = new List<Node>();
            Collect(all);
            return all;
        }

        public byte[] ToBytes(int nodes)
        {
            var bytes = new byte[2 * RecordBits / 8];
            for (var side = 0; side < 2; side++)
            {
                var record = _next[side]?._number ?? (_data[side] is { } data ? nodes + DataSeparator + data : nodes);
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(side * RecordBits / 8), record);
            }

            return bytes;
        }

        private void Collect(List<Node> all)
        {
            _number = all.Count;
            all.Add(this);
            foreach (var next in _next)
                next?.Collect(all);
        }
    }
}
