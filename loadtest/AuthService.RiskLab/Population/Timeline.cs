using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

internal enum AttemptKind : byte
{
    /// <summary>By the owner, with the right password.</summary>
    Login,

    /// <summary>By the owner, with a wrong one.</summary>
    Typo,

    /// <summary>By a machine that tries passwords.</summary>
    Bot,

    /// <summary>By each attacker of the lab in turn, with the right password; leaves no trace.</summary>
    Attack,
}

/// <summary>One attempt in the order of time.</summary>
/// <param name="Ticks">When, UTC.</param>
/// <param name="Person">On whose account.</param>
/// <param name="Number">Of the attempts on this account.</param>
/// <param name="Kind">By whom.</param>
internal readonly record struct Attempt(long Ticks, int Person, int Number, AttemptKind Kind)
{
    public DateTimeOffset Time => new(Ticks, TimeSpan.Zero);
}

/// <summary>Who tries to log in when.</summary>
internal static class Timeline
{
    /// <summary>Of the data set's rows, so many come from attack addresses.</summary>
    private const double Attacks = 0.099;

    /// <summary>Of the data set's rows, so many succeed.</summary>
    private const double Successes = 0.46;

    /// <summary>Quantiles of logins per user in the data set; the end of the tail is a guess.</summary>
    private static readonly (double Share, double Logins)[] Quantiles =
        [(0, 1), (0.35, 1.4), (0.5, 1.9), (0.7, 3.6), (0.9, 8.3), (0.95, 12), (0.99, 25), (0.9995, 90), (1, 200)];

    public static Attempt[] Of(Person[] people, PopulationOptions options)
    {
        var attempts = new List<Attempt>();
        foreach (var person in people)
        {
            var dice = Dice.Of(options.Seed, "timeline", person.Id);
            AddOwn(attempts, person, options, IsOfPanel(person.Id, people.Length, options), ref dice);
        }

        AddBots(attempts, people, options);
        attempts.Sort((a, b) => (a.Ticks, a.Person, a.Number).CompareTo((b.Ticks, b.Person, b.Number)));
        return [.. attempts];
    }

    /// <summary>The panel is spread over the whole population, households included.</summary>
    public static bool IsOfPanel(int id, int people, PopulationOptions options) =>
        (long)id * options.Panel / people != (id + 1L) * options.Panel / people;

    private static void AddOwn(List<Attempt> attempts, Person person, PopulationOptions options, bool isOfPanel, ref Dice dice)
    {
        var count = isOfPanel ? (int)((48 + dice.Exponential(30)) / Successes) : CrowdCount(ref dice);
        var begin = dice.Between(0, options.Days * (isOfPanel ? 0.4 : 0.95));
        var span = isOfPanel ? dice.Between(0.5, 1) * (options.Days - begin) : Math.Min(options.Days - begin, count * dice.Exponential(12));
        var times = new double[count];
        for (var at = 0; at < count; at++)
            times[at] = begin + (at == 0 ? 0 : dice.Unit() * span);
        Array.Sort(times);

        var own = Successes / (1 - Attacks);
        var (time, isRetry) = (0.0, false);
        for (var at = 0; at < count; at++)
        {
            // A wrong password is mostly followed by another try within a minute or two.
            time = isRetry ? time + dice.Between(0.0003, 0.0015) : WithHour(times[at], person, ref dice);
            var kind = dice.Chance(own) ? AttemptKind.Login : AttemptKind.Typo;
            isRetry = kind == AttemptKind.Typo && dice.Chance(0.7);
            attempts.Add(new Attempt(TicksOf(time, options), person.Id, at, kind));
        }
    }

    private static int CrowdCount(ref Dice dice)
    {
        var share = dice.Unit();
        var at = 1;
        while (share > Quantiles[at].Share)
            at++;
        var (low, high) = (Quantiles[at - 1], Quantiles[at]);
        var between = (share - low.Share) / (high.Share - low.Share);
        return (int)Math.Round(low.Logins * Math.Pow(high.Logins / low.Logins, between));
    }

    /// <summary>People sleep at night, log in most in the evening, and keep their hours.</summary>
    private static double WithHour(double day, Person person, ref Dice dice)
    {
        var local = dice.Chance(0.6) ? person.Evening + (2 * dice.Normal()) : dice.Between(7, 23);
        var utc = local - (person.Home.City.Centre.Longitude / 15);
        return Math.Floor(day) + (((utc % 24) + 24) % 24 / 24);
    }

    private static void AddBots(List<Attempt> attempts, Person[] people, PopulationOptions options)
    {
        var dice = Dice.Of(options.Seed, "bots");
        var count = (int)(attempts.Count * Attacks / (1 - Attacks) * 0.75); // a quarter of the attack addresses are VPN exits that honest people use too
        for (var left = count; left > 0;)
        {
            // They come in waves: some minutes to a few hours, many accounts.
            var (begin, wave) = (dice.Between(0, options.Days), Math.Min(left, 20 + (int)dice.Exponential(300)));
            left -= wave;
            for (var at = 0; at < wave; at++)
                attempts.Add(new Attempt(TicksOf(begin + (at / 4_000.0), options), dice.Below(people.Length), 1_000_000 + left + at, AttemptKind.Bot));
        }
    }

    private static long TicksOf(double day, PopulationOptions options) => options.Start.UtcTicks + (long)(day * TimeSpan.TicksPerDay);
}
