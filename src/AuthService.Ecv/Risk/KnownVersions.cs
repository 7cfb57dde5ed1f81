using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Risk;

/// <summary>Tells an upgrade from a downgrade by masked versions, of which only differences can be read.</summary>
internal static class KnownVersions
{
    /// <summary>
    /// Newer than a version still in use is an upgrade of it; older than all of them is a downgrade. A version is no longer
    /// in use when it was not seen again after a newer one came: else last year's entries would excuse any old system.
    /// </summary>
    public static VersionRelation Compare(ProfileRow row, Token system, ulong version, ushort today)
    {
        var knowsAny = false;
        foreach (var entry in row.EntriesOf(CharacteristicKind.DeviceOs))
        {
            if (!IsComparable(entry, system, today) || IsSuperseded(row, entry, system, today))
                continue;
            if (IsNewer(version, entry.MaskedVersion!.Value))
                return VersionRelation.Newer;
            knowsAny = true;
        }

        return knowsAny ? VersionRelation.Older : VersionRelation.None;
    }

    private static bool IsSuperseded(ProfileRow row, EntryView older, Token system, ushort today)
    {
        foreach (var entry in row.EntriesOf(CharacteristicKind.DeviceOs))
        {
            if (IsComparable(entry, system, today) && entry.FirstDay >= older.LastDay
                && IsNewer(entry.MaskedVersion!.Value, older.MaskedVersion!.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsComparable(EntryView entry, Token system, ushort today) =>
        entry.At(0) == system && entry.MaskedVersion is not null && !ProfileDay.HasFaded(entry.LastDay, today);

    /// <summary>The mask cancels out, wrap-around included.</summary>
    private static bool IsNewer(ulong version, ulong than) => unchecked((long)(version - than)) > 0;
}
