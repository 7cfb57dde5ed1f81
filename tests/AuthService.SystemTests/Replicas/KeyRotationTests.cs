using AuthService.SystemTests.Harness;
using AuthService.Tests.Shared;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Xunit.Abstractions;

namespace AuthService.SystemTests.Replicas;

/// <summary>Keys rotate while three replicas serve: nobody notices.</summary>
public sealed class KeyRotationTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Households = 8;

    /// <summary>The kinds whose rotation everything depends on; the last two have what is stored move.</summary>
    private static readonly KeyringUse[] Kinds = [KeyringUse.Signing, KeyringUse.Pepper, KeyringUse.KeyEncryption, KeyringUse.BlindIndex];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private Cluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await Cluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task All_kinds_of_keys_rotate_under_load_without_a_failed_call_and_nobody_looks_new()
    {
        var households = await Task.WhenAll(Enumerable.Range(0, Households).Select(MoveInAsync));
        using var end = new CancellationTokenSource();
        var lives = households.Select(household => Task.Run(() => household.LiveAsync(end.Token))).ToList();

        // The new keys take over at once on all replicas, whichever was asked; then what is stored moves.
        var made = new List<KeyringKey>();
        foreach (var use in Kinds)
            made.Add(await RotateAsync(use));
        await AllReplicasAsync(keys => made.All(key => keys.Any(listed => listed.KeyId == key.KeyId && listed.State == KeyringKeyState.Current)));
        await AllReplicasAsync(keys => keys.All(key => key.ValuesLeft == 0));

        // Everybody is there afterwards too, with passwords that move now.
        var before = households.Sum(one => one.Opened.Count);
        await Eventually.TrueAsync(() => households.Sum(one => one.Opened.Count) >= before + (2 * Households), Patience, "everybody signs in");
        await end.CancelAsync();
        await Task.WhenAll(lives);

        households.Sum(one => one.Failures).ShouldBe(0);
        var events = await AuditTrail.ReadAsync(_cluster.Any, _cluster.Folder);
        events.Count(@event => @event.Type is EventType.StepUpRequired or EventType.LoginFailed or EventType.LoginDenied).ShouldBe(0);
        events.Count(@event => @event.Type == EventType.KeysRotated).ShouldBe(Kinds.Length);
        events.Count(@event => @event.Type == EventType.PasswordRehashed).ShouldBeGreaterThan(0);
        foreach (var replica in _cluster.Replicas)
        {
            foreach (var session in households.SelectMany(one => one.Open.Values))
                (await _cluster.ValidateAsync(replica, session)).Active.ShouldBeTrue(session.SessionId);
        }

        output.WriteLine(
            $"{Kinds.Length} kinds of keys rotated on 3 replicas: {households.Sum(one => one.Answers)} answers, 0 calls failed, {households.Sum(one => one.Opened.Count)} logins, 0 stepped up");
    }

    private async Task<KeyringKey> RotateAsync(KeyringUse use)
    {
        var request = new RotateKeysRequest { Use = use, Lead = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)), Reason = "A test wants it so." };
        return (await _cluster.Any.Admin.RotateKeysAsync(request, ServiceProcess.Bearer(_cluster.AdminToken))).Key;
    }

    private async Task AllReplicasAsync(Func<IReadOnlyList<KeyringKey>, bool> condition)
    {
        foreach (var replica in _cluster.Replicas)
        {
            await Eventually.TrueAsync(
                async () => condition((await replica.Admin.ListKeysAsync(new ListKeysRequest(), ServiceProcess.Bearer(_cluster.AdminToken))).Keys),
                Patience,
                "its keys are as they should be");
        }
    }

    private async Task<Household> MoveInAsync(int number)
    {
        var person = Person.Number(number, "rotation");
        return new Household(_cluster, person, (await _cluster.SignUpAsync(person)).DeviceToken, seed: 20261127 + number);
    }
}
