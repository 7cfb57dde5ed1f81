using System.Buffers;
using System.Buffers.Binary;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Profiles;

/// <summary>Writes a row, see <see cref="ProfileRow"/> and <see cref="EntryView"/>.</summary>
internal sealed class ProfileWriter
{
    private readonly ArrayBufferWriter<byte> row = new(1024);

    public static byte[] Write(ProfileContent content)
    {
        var writer = new ProfileWriter();
        writer.Byte(ProfileRow.Version);
        writer.Byte(0);
        writer.Byte(content.Devices.Count);
        foreach (var device in content.Devices)
            writer.U64(device);
        writer.Byte(content.Visits.Count);
        writer.Byte(content.NextVisit);
        foreach (var visit in content.Visits)
            writer.Visit(visit);

        var kinds = CharacteristicCatalog.All.Where(kind => content.Kinds[(int)kind.Kind].Count > 0).ToList();
        writer.Byte(kinds.Count);
        foreach (var kind in kinds)
        {
            writer.Byte((int)kind.Kind);
            writer.Byte(content.Kinds[(int)kind.Kind].Count);
            foreach (var entry in content.Kinds[(int)kind.Kind])
                writer.Entry(entry);
        }

        writer.row.Write(content.Extensions);
        return writer.row.WrittenSpan.ToArray();
    }

    private void Visit(ProfileVisit visit)
    {
        U64(visit.Verdict.Value);
        U16(visit.Day);
        Byte((int)visit.How);
        Byte(visit.Device);
    }

    private void Entry(ProfileEntry entry)
    {
        U64(entry.FoundedBy.Value);
        U16(entry.FirstDay);
        U16(entry.SecondDay);
        U16(entry.LastDay);
        Byte(entry.Weight);
        Byte((int)entry.How);
        U32(entry.Devices);
        U64(entry.Visits);
        if (entry.Tokens.Length > 0)
            Levels(entry);
        else
            Members(entry);
    }

    private void Levels(ProfileEntry entry)
    {
        var levels = entry.MaskedVersion is null ? 0 : 0x80;
        for (var level = 0; level < entry.Tokens.Length; level++)
            levels |= entry.Tokens[level].IsPresent ? 1 << level : 0;
        Byte(levels);

        foreach (var token in entry.Tokens.Where(token => token.IsPresent))
        {
            token.Write(row.GetSpan(Token.Size));
            row.Advance(Token.Size);
        }

        if (entry.MaskedVersion is { } version)
            U64(version);
    }

    private void Members(ProfileEntry entry)
    {
        Byte(entry.Members.Length);
        foreach (var member in entry.Members)
        {
            U64(member.Token);
            Byte(member.Weight);
        }
    }

    private void Byte(int value)
    {
        row.GetSpan(1)[0] = (byte)value;
        row.Advance(1);
    }

    private void U16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(row.GetSpan(2), value);
        row.Advance(2);
    }

    private void U32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(row.GetSpan(4), value);
        row.Advance(4);
    }

    private void U64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(row.GetSpan(8), value);
        row.Advance(8);
    }
}
