using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Risk;

/// <summary>Counts how an environment stands to a profile; judges nothing.</summary>
internal readonly ref struct Measuring(Profile profile, TokenizedEnvironment environment, PopulationCounts population, ushort today)
{
    private readonly Profile profile = profile;
    private readonly TokenizedEnvironment environment = environment;
    private readonly PopulationCounts population = population;
    private readonly ushort today = today;

    public KindMeasure Measure(Characteristic kind, Provenance provenance)
    {
        Span<LevelMeasure> levels = stackalloc LevelMeasure[CharacteristicCatalog.MaxLevels];
        byte present = 0;
        for (var level = 0; level < kind.Levels.Count; level++)
        {
            var isPresent = kind.Comparison == Comparison.Set ? !environment.Set(kind.Kind).IsEmpty : environment[kind.Kind, level].IsPresent;
            present |= (byte)(isPresent ? 1 << level : 0);
            // An absent level says nothing, yet makes the finer ones rarer: its prior counts.
            levels[level] = new LevelMeasure(LevelMeasure.ProbabilityOf(population.Probability(kind.Kind, level)), 0, 0, 0, Fade: 0);
        }

        var relation = VersionRelation.None;
        if (present != 0)
        {
            switch (kind.Comparison)
            {
                case Comparison.Set:
                    CountSet(kind.Kind, levels);
                    break;
                case Comparison.Cells when environment.NeighbourhoodOf(kind.Kind) is { } cells:
                    CountCells(kind.Kind, present, cells, levels);
                    break;
                default:
                    CountChain(kind.Kind, present, levels);
                    relation = kind.Comparison == Comparison.Version ? CompareVersions(present, levels) : VersionRelation.None;
                    break;
            }
        }

        return new KindMeasure(kind.Kind, provenance, present, relation, levels[0], levels[1], levels[2]);
    }

    private void CountChain(CharacteristicKind kind, byte present, Span<LevelMeasure> levels)
    {
        var tokens = environment.Levels(kind);
        Span<long> history = stackalloc long[CharacteristicCatalog.MaxLevels];
        Span<long> counts = stackalloc long[CharacteristicCatalog.MaxLevels];
        var (finest, novelties) = (tokens.Length - 1, 0);
        foreach (var entry in profile.Row.EntriesOf(kind))
        {
            if (ProfileDay.HasFaded(entry.LastDay, today))
                continue;

            var weight = entry.EffectiveWeight;
            novelties += entry.Weight == 1 && entry.Has(finest) ? 1 : 0;
            for (var level = 0; level < tokens.Length; level++)
            {
                if (!entry.Has(level))
                    continue;
                history[level] += weight;
                counts[level] += entry.At(level) == tokens[level] ? weight : 0;
            }
        }

        for (var level = 0; level < tokens.Length; level++)
        {
            if ((present & (1 << level)) == 0)
                continue;
            levels[level] = levels[level] with
            {
                History = LevelMeasure.Saturate(history[level]),
                Count = (uint)LevelMeasure.Saturate(counts[level]) << 16,
                Closeness = counts[level] > 0 ? LevelMeasure.One : 0,
                Fade = LevelMeasure.One,
                Novelties = (byte)(level == finest && level > 0 ? novelties : 0),
            };
        }
    }

    /// <summary>
    /// The place's own cell counts in full, the cells around it the less the farther they are. If only those are known, the
    /// place is as close as the closest of them. Without this a step over a border would turn a home into a stranger's.
    /// </summary>
    private void CountCells(CharacteristicKind kind, byte present, CellNeighbourhood cells, Span<LevelMeasure> levels)
    {
        for (var level = 0; level < cells.Levels.Length; level++)
        {
            if ((present & (1 << level)) == 0)
                continue;

            var own = environment[kind, level];
            var (history, count, closeness, nearest) = (0L, 0L, 0U, 0U);
            foreach (var entry in profile.Row.EntriesOf(kind))
            {
                if (!entry.Has(level) || ProfileDay.HasFaded(entry.LastDay, today))
                    continue;

                history += entry.EffectiveWeight;
                var near = cells.Levels[level].Find(entry.At(level), own);
                count += (long)entry.EffectiveWeight * near.Share;
                closeness = Math.Max(closeness, near.Closeness);
                nearest = Math.Max(nearest, near.Share);
            }

            // Shares are relative to the nearest known cell: how near that one is, closeness says.
            var scaled = nearest == 0 ? 0 : (count << 16) / nearest;
            levels[level] = levels[level] with
            {
                History = LevelMeasure.Saturate(history),
                Count = (uint)Math.Min(scaled, (long)LevelMeasure.Saturate(history) << 16),
                Closeness = nearest == 0 ? 0 : closeness,
                Fade = cells.Levels[level].Fade,
            };
        }
    }

    /// <summary>The best stored set speaks: bits are interpolated later, counts never.</summary>
    private void CountSet(CharacteristicKind kind, Span<LevelMeasure> levels)
    {
        Span<SetMember> room = stackalloc SetMember[SetMember.MaxCount];
        var (history, best, weight) = (0L, 0U, 0);
        foreach (var entry in profile.Row.EntriesOf(kind))
        {
            if (ProfileDay.HasFaded(entry.LastDay, today))
                continue;
            history += entry.EffectiveWeight;
            var likeness = Likeness.Of(kind, entry.Members(room), environment.Set(kind).AsSpan());
            if (likeness > best || (likeness == best && likeness > 0 && entry.EffectiveWeight > weight))
                (best, weight) = (likeness, entry.EffectiveWeight);
        }

        levels[0] = levels[0] with
        {
            History = LevelMeasure.Saturate(history),
            Count = (uint)LevelMeasure.Saturate(weight) << 16,
            Closeness = best,
            Fade = LevelMeasure.One,
        };
    }

    /// <summary>A newer version of a known system carries on where the known one stood: the levels it is new at say nothing.</summary>
    private VersionRelation CompareVersions(byte present, Span<LevelMeasure> levels)
    {
        var finest = System.Numerics.BitOperations.Log2(present);
        if (levels[0].Count == 0 || levels[finest].Count > 0 || environment.MaskedOsVersion is not { } version)
            return VersionRelation.None;

        var relation = KnownVersions.Compare(profile.Row, environment[CharacteristicKind.DeviceOs, 0], version, today);
        for (var level = 0; relation == VersionRelation.Newer && level <= finest; level++)
        {
            if (levels[level].Count == 0)
                levels[level] = levels[level] with { Fade = 0 };
        }

        return relation;
    }
}
