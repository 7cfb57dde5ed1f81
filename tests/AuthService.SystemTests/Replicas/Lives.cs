using System.Diagnostics;
using AuthService.SystemTests.Harness;
using AuthService.Tests.Shared;
using AuthService.V1;

namespace AuthService.SystemTests.Replicas;

/// <summary>Households that go on living while something fails, and then compare what they were told with what is so.</summary>
internal sealed class Lives
{
    private const int Households = 8;

    private readonly Cluster _cluster;
    private readonly IReadOnlyList<Household> _households;

    private Lives(Cluster cluster, IReadOnlyList<Household> households) => (_cluster, _households) = (cluster, households);

    /// <summary>Calls without an answer, and answers to come back.</summary>
    public int Failures => _households.Sum(one => one.Failures);

    /// <summary>A line of what the households saw of the fault.</summary>
    public string Seen { get; private set; } = "";

    /// <summary>That came so far.</summary>
    public int Answers => _households.Sum(one => one.Answers);

    /// <param name="cluster">Where.</param>
    /// <param name="story">Tells these people from those of other stories there.</param>
    public static async Task<Lives> StartAsync(Cluster cluster, string story)
    {
        return new Lives(cluster, await Task.WhenAll(Enumerable.Range(0, Households).Select(MoveInAsync)));

        async Task<Household> MoveInAsync(int number)
        {
            var person = Person.Number(number, story);
            return new Household(cluster, person, (await cluster.SignUpAsync(person)).DeviceToken, seed: 20261126 + number);
        }
    }

    /// <summary>Inflicts a fault in the middle of everything, and checks that nothing was lost.</summary>
    public async Task GoThroughAsync(Func<Task> inflict)
    {
        using var end = new CancellationTokenSource();
        var lives = _households.Select(household => Task.Run(() => household.LiveAsync(end.Token))).ToList();
        await MoreAnswersAsync(100);

        var (answersBefore, failuresBefore) = (Answers, Failures);
        await inflict();
        var (answers, failures) = (Answers - answersBefore, Failures - failuresBefore);
        var healed = Stopwatch.GetTimestamp();
        await MoreAnswersAsync(50);
        var recovered = Stopwatch.GetElapsedTime(healed);

        await MoreAnswersAsync(100);
        await end.CancelAsync();
        await Task.WhenAll(lives);
        await CheckAsync();
        Seen = FormattableString.Invariant(
            $"{answers} answers and {failures} calls without meanwhile, {Failures - failures} before and after; 50 answers {recovered.TotalMilliseconds:f0} ms after its end; {_households.Sum(one => one.Opened.Count)} sessions, {_households.Sum(one => one.Ended.Count)} ended; lost: nothing");
    }

    private async Task MoreAnswersAsync(int more)
    {
        var before = Answers;
        await Eventually.TrueAsync(() => Answers >= before + more, TimeSpan.FromMinutes(2), "anybody answers");
    }

    private async Task CheckAsync()
    {
        // Logged-out owners and forked families: every open session can still be refreshed, by its owner alone.
        foreach (var household in _households)
        {
            foreach (var session in household.Open.Values.ToList())
                await household.RefreshAsync(session);
        }

        foreach (var replica in _cluster.Replicas)
        {
            foreach (var session in _households.SelectMany(one => one.Open.Values))
                (await _cluster.ValidateAsync(replica, session)).Active.ShouldBeTrue(session.SessionId);
            foreach (var session in _households.SelectMany(one => one.Ended))
                (await _cluster.ValidateAsync(replica, session)).Active.ShouldBeFalse(session.SessionId);
        }

        var events = (await AuditTrail.ReadAsync(_cluster.Any, _cluster.Folder)).ToLookup(@event => (@event.Type, @event.SessionId));
        foreach (var opened in _households.SelectMany(one => one.Opened))
            events[(EventType.LoginSucceeded, opened)].Count().ShouldBe(1, opened);
        foreach (var ended in _households.SelectMany(one => one.Ended))
            events[(EventType.SessionRevoked, ended.SessionId)].Count().ShouldBe(1, ended.SessionId);
    }
}
