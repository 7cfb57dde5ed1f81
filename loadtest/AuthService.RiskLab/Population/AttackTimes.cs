using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

/// <summary>
/// When the lab's attackers come: once between two logins of the owner, so that all that is remembered for a while is as old as
/// it would be. By day, where the owner lives: who attacks chooses the hour.
/// </summary>
internal static class AttackTimes
{
    private const int Tries = 8;

    /// <param name="attempts">In the order of time.</param>
    /// <param name="people">Whose they are.</param>
    /// <param name="isAttacked">Who is attacked.</param>
    /// <param name="lengths">After so many logins.</param>
    /// <param name="seed">Of everything.</param>
    public static Attempt[] AddTo(Attempt[] attempts, Person[] people, Predicate<int> isAttacked, IReadOnlyList<int> lengths, ulong seed)
    {
        var attacks = new List<Attempt>();
        foreach (var own in attempts.Where(attempt => attempt.Kind == AttemptKind.Login && isAttacked(attempt.Person)).GroupBy(attempt => attempt.Person))
        {
            var logins = own.ToArray();
            foreach (var length in lengths.Where(length => length < logins.Length))
            {
                var dice = Dice.Of(seed, "attack time", own.Key, length);
                var ticks = Between(logins[length - 1].Ticks, logins[length].Ticks, people[own.Key], ref dice);
                attacks.Add(new Attempt(ticks, own.Key, 2_000_000 + length, AttemptKind.Attack));
            }
        }

        return [.. attempts.Concat(attacks).OrderBy(attempt => attempt.Ticks).ThenBy(attempt => attempt.Person).ThenBy(attempt => attempt.Number)];
    }

    private static long Between(long earliest, long latest, Person owner, ref Dice dice)
    {
        var ticks = earliest;
        for (var left = Tries; left > 0; left--)
        {
            ticks = earliest + 1 + (long)(dice.Unit() * Math.Max(0, latest - earliest - 2));
            if (owner.LocalHour(new DateTimeOffset(ticks, TimeSpan.Zero)) is >= 8 and < 23)
                break;
        }

        return ticks;
    }
}
