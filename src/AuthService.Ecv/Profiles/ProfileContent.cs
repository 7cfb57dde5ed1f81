using System.Buffers.Binary;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Profiles;

/// <summary>A row taken apart so that it can be changed.</summary>
internal sealed class ProfileContent
{
    public List<ulong> Devices { get; } = [];

    public List<ProfileVisit> Visits { get; } = [];

    public int NextVisit { get; set; }

    public List<ProfileEntry>[] Kinds { get; } =
        [.. Enumerable.Range(0, CharacteristicCatalog.KindCount).Select(_ => new List<ProfileEntry>())];

    /// <summary>Count and all, as they came.</summary>
    public byte[] Extensions { get; init; } = [0];

    public IEnumerable<ProfileEntry> Entries => Kinds.SelectMany(entries => entries);

    public static ProfileContent Of(ProfileRow row)
    {
        var content = new ProfileContent { NextVisit = row.NextVisit, Extensions = row.Bytes[row.ExtensionStart..].ToArray() };
        for (var at = 0; at < row.Devices.Length; at += 8)
            content.Devices.Add(BinaryPrimitives.ReadUInt64BigEndian(row.Devices[at..]));
        for (var at = 0; at < row.Visits.Length; at += ProfileRow.VisitSize)
            content.Visits.Add(ReadVisit(row.Visits[at..]));
        foreach (var kind in CharacteristicCatalog.All)
        {
            foreach (var entry in row.EntriesOf(kind.Kind))
                content.Kinds[(int)kind.Kind].Add(ReadEntry(entry, kind));
        }

        return content;
    }

    /// <summary>Drops entries for which this holds.</summary>
    public void Remove(Predicate<ProfileEntry> doomed)
    {
        foreach (var entries in Kinds)
            entries.RemoveAll(doomed);
    }

    private static ProfileVisit ReadVisit(ReadOnlySpan<byte> bytes) => new(
        new VerdictTag(BinaryPrimitives.ReadUInt64BigEndian(bytes)),
        BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]),
        (LearnedHow)bytes[10],
        bytes[11]);

    private static ProfileEntry ReadEntry(EntryView view, Characteristic kind)
    {
        var isSet = kind.Comparison == Comparison.Set;
        var tokens = new Token[isSet ? 0 : kind.Levels.Count];
        for (var level = 0; level < tokens.Length; level++)
            tokens[level] = view.At(level);
        return new ProfileEntry
        {
            FoundedBy = new VerdictTag(view.FoundedBy),
            How = view.How,
            Tokens = tokens,
            MaskedVersion = isSet ? null : view.MaskedVersion,
            Members = isSet ? [.. view.Members(stackalloc SetMember[SetMember.MaxCount])] : [],
            FirstDay = view.FirstDay,
            SecondDay = view.SecondDay,
            LastDay = view.LastDay,
            Weight = view.Weight,
            Devices = view.Devices,
            Visits = view.Visits,
        };
    }
}
