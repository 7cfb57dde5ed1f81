using System.Diagnostics.CodeAnalysis;
using System.Net;
using AuthService.Ecv.Signals;

namespace AuthService.Environments.Addresses;

/// <summary>Reads <see cref="AddressSourceOptions.PrefixFile"/>: a network and its class on each line, <c>#</c> begins a comment.</summary>
/// <remarks>
/// <code>
/// 203.0.113.0/24      hosting
/// 2001:db8:4000::/36  relay    # the campus proxy
/// </code>
/// </remarks>
internal static class PrefixFile
{
    /// <summary>Twice what the longest published list has, Apple's of Private Relay; some 40 MB in memory.</summary>
    internal const int MaxNetworks = 500_000;

    private const long MaxBytes = 64L << 20;
    private const int ProblemsTold = 10;

    private static readonly Dictionary<string, NetworkClass> Classes = new(StringComparer.Ordinal)
    {
        ["fixed"] = NetworkClass.Fixed,
        ["mobile"] = NetworkClass.Mobile,
        ["cgnat"] = NetworkClass.CarrierGradeNat,
        ["hosting"] = NetworkClass.Hosting,
        ["vpn"] = NetworkClass.Vpn,
        ["relay"] = NetworkClass.Relay,
        ["satellite"] = NetworkClass.Satellite,
    };

    public static SourceReading<PrefixClasses> Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                return SourceReading<PrefixClasses>.Wrong($"{path} is not there.");
            if (file.Length > MaxBytes)
                return SourceReading<PrefixClasses>.Wrong($"{path} is larger than {MaxBytes >> 20} MiB.");
            return Parse(path, File.ReadLines(path), new DateTimeOffset(file.LastWriteTimeUtc));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return SourceReading<PrefixClasses>.Wrong($"{path} cannot be read: {fault.Message}");
        }
    }

    private static SourceReading<PrefixClasses> Parse(string path, IEnumerable<string> lines, DateTimeOffset writtenAt)
    {
        var networks = new Dictionary<IPNetwork, NetworkClass>();
        var problems = new List<string>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            var words = line.Split('#', 2)[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            if (ProblemOf(words, networks) is { } problem)
                problems.Add($"{path}, line {number}: {problem}");
            if (problems.Count == ProblemsTold || networks.Count > MaxNetworks)
                break;
        }

        if (networks.Count > MaxNetworks)
            problems.Add($"{path} has more than {MaxNetworks} networks.");
        return problems.Count == 0
            ? SourceReading<PrefixClasses>.Of(new PrefixClasses([.. networks.Select(known => (known.Key, known.Value))], writtenAt))
            : SourceReading<PrefixClasses>.Wrong(problems);
    }

    /// <summary>Adds what a line says, or tells what is wrong with it.</summary>
    private static string? ProblemOf(string[] words, Dictionary<IPNetwork, NetworkClass> networks)
    {
        if (words.Length != 2)
            return "must be a network and a class.";
        if (!TryParseNetwork(words[0], out var network))
            return $"'{words[0]}' is no network in CIDR notation.";

        // 203.0.113.7/8 may be meant as the one or the other, and .NET takes it for the larger.
        if (!IPAddress.Parse(words[0].AsSpan(0, words[0].IndexOf('/', StringComparison.Ordinal))).Equals(network.BaseAddress))
            return $"'{words[0]}' has bits beyond its prefix; is {network} meant?";
        if (!Classes.TryGetValue(words[1], out var told))
            return $"'{words[1]}' is none of {string.Join(", ", Classes.Keys)}.";
        return networks.TryAdd(network, told) || networks[network] == told ? null : $"{network} has another class further up.";
    }

    /// <summary>IPv4 is written as IPv4: no address is looked up in any other form.</summary>
    private static bool TryParseNetwork(string text, [NotNullWhen(true)] out IPNetwork network) =>
        IPNetwork.TryParse(text, out network) && text.Contains('/', StringComparison.Ordinal) && !network.BaseAddress.IsIPv4MappedToIPv6;
}
