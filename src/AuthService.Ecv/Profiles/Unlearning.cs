namespace AuthService.Ecv.Profiles;

/// <summary>How a profile loses what should not be in it.</summary>
internal static class Unlearning
{
    /// <summary>Erases what only this device taught; what others taught too stays.</summary>
    public static void Forget(ProfileContent profile, DeviceTag device)
    {
        var index = device.Value == 0 ? -1 : profile.Devices.IndexOf(device.Value);
        if (index < 0)
            return;

        var bit = 1U << (index + 1);
        profile.Remove(entry => entry.Devices == bit);
        foreach (var entry in profile.Entries)
            entry.Devices &= ~bit;
        profile.Devices[index] = 0;
        for (var slot = 0; slot < profile.Visits.Count; slot++)
        {
            if (profile.Visits[slot].Device == index + 1)
                profile.Visits[slot] = profile.Visits[slot] with { Device = 0 };
        }
    }

    /// <summary>
    /// Takes back what these logins taught: what one of them taught first goes altogether, whoever confirmed it later; what
    /// they only confirmed loses their weight and their days.
    /// </summary>
    public static void Unlearn(ProfileContent profile, IReadOnlyCollection<VerdictTag> verdicts)
    {
        var doubted = verdicts.Where(verdict => verdict.Value != 0).ToHashSet();
        ulong slots = 0;
        for (var slot = 0; slot < profile.Visits.Count; slot++)
            slots |= doubted.Contains(profile.Visits[slot].Verdict) ? 1UL << slot : 0;

        profile.Remove(entry => doubted.Contains(entry.FoundedBy));
        foreach (var entry in profile.Entries.Where(entry => (entry.Visits & slots) != 0))
            TakeBack(profile, entry, slots);
        profile.Remove(entry => entry.Weight <= 0);

        for (var slot = 0; slot < profile.Visits.Count; slot++)
        {
            if ((slots & (1UL << slot)) != 0)
                profile.Visits[slot] = default;
        }
    }

    private static void TakeBack(ProfileContent profile, ProfileEntry entry, ulong slots)
    {
        entry.Weight -= System.Numerics.BitOperations.PopCount(entry.Visits & slots);
        var doubtedDays = DaysOf(profile, entry.Visits & slots);
        entry.Visits &= ~slots;
        var days = DaysOf(profile, entry.Visits);
        // A row of a backup may hold what no login wrote: a visit later than the last day on which the entry was seen.
        days.RemoveWhere(day => day > entry.LastDay);

        // A day stays if another login of that day taught the entry too, or if it is older than what the profile remembers.
        if (doubtedDays.Contains(entry.SecondDay) && !days.Contains(entry.SecondDay))
            entry.SecondDay = days.Where(day => day > entry.FirstDay).DefaultIfEmpty((ushort)0).Min();
        if (doubtedDays.Contains(entry.LastDay) && !days.Contains(entry.LastDay))
            entry.LastDay = days.Append(entry.FirstDay).Append(entry.SecondDay).Max();
    }

    private static HashSet<ushort> DaysOf(ProfileContent profile, ulong slots)
    {
        var days = new HashSet<ushort>();
        for (var slot = 0; slot < profile.Visits.Count; slot++)
        {
            if ((slots & (1UL << slot)) != 0)
                days.Add(profile.Visits[slot].Day);
        }

        return days;
    }
}
