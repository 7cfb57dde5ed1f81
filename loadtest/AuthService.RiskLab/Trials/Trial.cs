using System.Diagnostics;
using AuthService.RiskLab.Attackers;
using AuthService.RiskLab.Contestants;
using AuthService.RiskLab.Logins;
using AuthService.RiskLab.Population;

namespace AuthService.RiskLab.Trials;

/// <summary>One population, its logins in the order of time, and its attackers; played before each contestant alike.</summary>
internal sealed class Trial(Life life, Person[] people, Attempt[] attempts)
{
    /// <summary>Each attacker tries each victim so often, at each length of history.</summary>
    private const int TriesPerVictim = 2;

    /// <summary>Of the crowd one in four is attacked; of the others, whose histories are long, everybody.</summary>
    private const int CrowdShare = 4;

    /// <summary>The length of history whose evidence is told line by line.</summary>
    private const int Explained = 12;

    public Life Life => life;

    public IReadOnlyList<Person> People => people;

    public IReadOnlyList<Attempt> Attempts => attempts;

    public static Trial Create(PopulationOptions options)
    {
        var world = new World(options.Seed);
        var people = new People(world, options).CreateAll();
        var attempts = Timeline.Of(people, options);
        return new Trial(
            new Life(world, options), people,
            AttackTimes.AddTo(attempts, people, person => IsRanked(person, people.Length, options), Lengths.All, options.Seed));
    }

    /// <summary>The login of an attempt; of an attack, the one that the owner would have made then.</summary>
    public LabLogin LoginOf(Attempt attempt) => attempt.Kind == AttemptKind.Bot
        ? life.Bot(people[attempt.Person], attempt)
        : life.Login(people[attempt.Person], attempt.Time, attempt.Number, attempt.Kind is AttemptKind.Login or AttemptKind.Attack);

    /// <param name="contestant">Knows nothing yet.</param>
    /// <param name="progress">Takes how many attempts were played.</param>
    public Outcomes Play(Contestant contestant, Action<int> progress)
    {
        var (honest, hostile, times) = (new List<Honest>(), new List<Hostile>(), new List<double>());
        var evidence = Enumerable.Range(0, 1 + Attacker.All.Count).Select(_ => new EvidenceTally()).ToArray();
        var histories = new int[people.Length];
        var last = new LabLogin?[people.Length];
        for (var at = 0; at < attempts.Length; at++)
        {
            var attempt = attempts[at];
            var login = LoginOf(attempt);
            if (attempt.Kind == AttemptKind.Attack)
            {
                Attack(contestant, new Victim(life, people[attempt.Person], last[attempt.Person]!, login), histories[attempt.Person], hostile, evidence);
            }
            else if (!login.Successful)
            {
                contestant.Fail(login);
            }
            else
            {
                var (person, history) = (attempt.Person, histories[attempt.Person]++);
                var started = Stopwatch.GetTimestamp();
                var judged = contestant.Judge(login);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
                honest.Add(new Honest(person, history, (float)judged.Score, judged.Decision, judged.Gate == Ecv.Risk.Gate.Key, IsRanked(person, people.Length, life.Options)));
                if (Lengths.IsOf(Explained, history))
                    evidence[0].Add(judged.Verdict);
                contestant.Learn(login, judged);
                last[person] = login;
            }

            if (at % 1_000 == 999)
                progress(1_000);
        }

        times.Sort();
        return new Outcomes(contestant.Name, honest, hostile) { Microseconds = [.. times], Evidence = evidence };
    }

    private static bool IsRanked(int person, int people, PopulationOptions options) =>
        Timeline.IsOfPanel(person, people, options) || person % CrowdShare == 0;

    private static void Attack(Contestant contestant, Victim victim, int history, List<Hostile> hostile, EvidenceTally[] evidence)
    {
        for (var index = 0; index < Attacker.All.Count; index++)
        {
            for (var number = 0; number < TriesPerVictim; number++)
            {
                var dice = Dice.Of(victim.World.Seed, "attack", victim.Person.Id, history, (index * 100) + number);
                var attempt = Attacker.All[index].Attempt(victim, ref dice);
                foreach (var before in Attacker.All[index].Before(victim, attempt))
                    contestant.Fail(before);
                var judged = contestant.Judge(attempt);
                if (history == Explained)
                    evidence[1 + index].Add(judged.Verdict);
                hostile.Add(new Hostile(index, victim.Person.Id, history, (float)judged.Score, judged.Decision));
            }
        }
    }
}
