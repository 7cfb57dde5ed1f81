using System.Collections.Immutable;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Profiles;

/// <summary>How a login changes what is known of an account.</summary>
internal static class Learning
{
    /// <summary>
    /// From this likeness on a set is the one known, changed a little: the entry takes its present form. Below, it is another.
    /// In units of 2⁻¹⁶.
    /// </summary>
    private const uint SameSet = Likeness.One / 2;

    public static void Learn(ProfileContent profile, TokenizedEnvironment environment, Lesson lesson)
    {
        var today = ProfileDay.Of(lesson.Time);
        profile.Remove(entry => ProfileDay.HasFaded(entry.LastDay, today));
        var device = DeviceBit(profile, lesson.Device);
        var visit = AddVisit(profile, new ProfileVisit(lesson.Verdict, today, lesson.How, (byte)device));

        foreach (var kind in CharacteristicCatalog.All.Where(kind => environment.Has(kind.Kind)))
        {
            var entries = profile.Kinds[(int)kind.Kind];
            var known = Find(entries, environment, kind);
            if (lesson.How == LearnedHow.Allow && !IsConfirmed(known, environment.Set(kind.Kind)))
                continue;

            if (known is null)
            {
                known = Found(environment, kind, lesson, today);
                MakeRoom(entries);
                entries.Add(known);
            }
            else
            {
                TakeForm(known, environment.Set(kind.Kind), lesson.Verdict);
                SeeAgain(known, today);
            }

            known.Devices |= 1U << device;
            known.Visits |= 1UL << visit;
        }
    }

    public static bool IsKnown(List<ProfileEntry> entries, TokenizedEnvironment environment, Characteristic kind) =>
        environment.Has(kind.Kind) && IsConfirmed(Find(entries, environment, kind), environment.Set(kind.Kind));

    private static ProfileEntry? Find(List<ProfileEntry> entries, TokenizedEnvironment environment, Characteristic kind)
    {
        if (kind.Comparison != Comparison.Set)
            return entries.Find(entry => entry.Is(environment.Levels(kind.Kind)));

        var members = environment.Set(kind.Kind);
        var best = entries
            .Select(entry => (Entry: entry, Likeness: Likeness.Of(kind.Kind, entry.Members.AsSpan(), members.AsSpan())))
            .OrderByDescending(known => known.Likeness).ThenByDescending(known => known.Entry.EffectiveWeight)
            .FirstOrDefault();
        return best.Likeness >= SameSet ? best.Entry : null;
    }

    /// <summary>An allowed login confirms what is known and introduces nothing, not even drop by drop: a set that is only alike stays as it was.</summary>
    private static bool IsConfirmed(ProfileEntry? known, ImmutableArray<SetMember> members) =>
        known is not null && known.Members.AsSpan().SequenceEqual(members.AsSpan());

    /// <summary>A set that takes another form is this verdict's from now on: what it taught must go with it, should it prove a thief's.</summary>
    private static void TakeForm(ProfileEntry entry, ImmutableArray<SetMember> members, VerdictTag verdict)
    {
        if (entry.Members.AsSpan().SequenceEqual(members.AsSpan()))
            return;
        entry.Members = members;
        entry.FoundedBy = verdict;
    }

    private static void SeeAgain(ProfileEntry entry, ushort today)
    {
        entry.Weight = Math.Min(entry.Weight + 1, ProfileEntry.MaxWeight);
        if (entry.SecondDay == 0 && today > entry.FirstDay)
            entry.SecondDay = today;
        entry.LastDay = Math.Max(entry.LastDay, today);
    }

    private static ProfileEntry Found(TokenizedEnvironment environment, Characteristic kind, Lesson lesson, ushort today) => new()
    {
        FoundedBy = lesson.Verdict,
        How = lesson.How,
        Tokens = kind.Comparison == Comparison.Set ? [] : environment.Levels(kind.Kind).ToArray(),
        MaskedVersion = kind.Kind == CharacteristicKind.DeviceOs ? environment.MaskedOsVersion : null,
        Members = environment.Set(kind.Kind),
        FirstDay = today,
        LastDay = today,
        Weight = 1,
    };

    /// <summary>The lightest makes way, the longest unseen among equals: a run of new values cannot push out a home.</summary>
    private static void MakeRoom(List<ProfileEntry> entries)
    {
        if (entries.Count >= ProfileEntry.MaxPerKind)
            entries.Remove(entries.OrderBy(entry => entry.EffectiveWeight).ThenBy(entry => entry.LastDay).First());
    }

    /// <summary>0 without a device, and when 31 others have taught: then it is taught by nobody in particular.</summary>
    private static int DeviceBit(ProfileContent profile, DeviceTag? device)
    {
        if (device is not { Value: not 0 } tag)
            return 0;

        var index = profile.Devices.IndexOf(tag.Value);
        if (index < 0)
            index = profile.Devices.IndexOf(0);
        if (index < 0 && profile.Devices.Count < ProfileRow.MaxDevices)
        {
            index = profile.Devices.Count;
            profile.Devices.Add(0);
        }

        if (index >= 0)
            profile.Devices[index] = tag.Value;
        return index + 1;
    }

    private static int AddVisit(ProfileContent profile, ProfileVisit visit)
    {
        if (profile.Visits.Count < ProfileVisit.MaxCount)
        {
            profile.Visits.Add(visit);
            return profile.Visits.Count - 1;
        }

        var slot = profile.NextVisit;
        profile.Visits[slot] = visit;
        profile.NextVisit = (slot + 1) % ProfileVisit.MaxCount;
        foreach (var entry in profile.Entries)
            entry.Visits &= ~(1UL << slot);
        return slot;
    }
}
