using AuthService.Client;
using AuthService.Protocol;
using AuthService.SystemTests.Harness;
using AuthService.V1;
using Grpc.Core;
using Xunit.Abstractions;

namespace AuthService.SystemTests.Faults;

/// <summary>A service on SQLite whose disk is full refuses, loses nothing, still validates sessions, and goes on by itself when there is room.</summary>
public sealed class FullDiskTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int People = 12;

    private SmallDisk _disk = null!;
    private DataFolder _data = null!;

    public async Task InitializeAsync()
    {
        _disk = await SmallDisk.MountAsync(megabytes: 64);
        _data = new DataFolder(_disk.Path);
    }

    public async Task DisposeAsync()
    {
        _data.Dispose();
        await _disk.DisposeAsync();
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_and_the_service_goes_on_when_there_is_room()
    {
        var outbox = _data.Outbox();
        await using var service = await ServiceProcess.StartAsync(_data);
        var (people, sessions) = (new List<Person>(), new List<Session>());
        for (var number = 0; number < People; number++)
        {
            people.Add(Person.Number(number, "crammed"));
            sessions.Add(await people[number].SignUpAsync(service, outbox));
        }

        // 1. full: whoever wants something written is told to come back, until there is room
        using var room = new CancellationTokenSource();
        var lives = people.Select((person, number) => Task.Run(() => RefreshAsync(service, person, sessions[number], room.Token))).ToList();
        await _disk.FillAsync(TimeSpan.FromSeconds(3));
        var duringIt = await Task.WhenAll(sessions.Select(session => service.Sessions.ValidateSessionAsync(
            new ValidateSessionRequest { AccessToken = session.AccessToken }, ServiceProcess.Bearer(_data.ServiceToken)).ResponseAsync));
        duringIt.ShouldAllBe(answer => answer.Active);

        // 2. room again
        _disk.MakeRoom();
        await room.CancelAsync();
        var ends = await Task.WhenAll(lives);
        output.WriteLine($"{ends.Sum(end => end.Answers)} refreshes answered, {ends.Sum(end => end.Refused)} refused while the disk was full, "
            + $"{duringIt.Length} sessions validated meanwhile; all {People} refreshed after it, lost: nothing");
        ends.ShouldAllBe(end => end.Refused > 0);

        // 3. all that was acknowledged; and the service writes again
        foreach (var (person, session, end) in people.Zip(sessions, ends))
        {
            var refreshed = await service.Sessions.RefreshSessionAsync(
                new RefreshSessionRequest { RefreshToken = end.Session.RefreshToken }, ServiceProcess.From(person.Network));
            refreshed.Session.SessionId.ShouldBe(end.Session.SessionId);
            (await person.LogInAsync(service, session.DeviceToken)).Session.ShouldNotBeNull(person.Email);
        }

        await Person.Number(People, "crammed").SignUpAsync(service, outbox);
        (await service.StopAsync()).ShouldBe(0, service.Log);
        foreach (var database in _data.Databases)
            SqliteFile.Check(database).ShouldBe("ok", database);
    }

    /// <summary>Refreshes until there is room, and then once more; keeps the newest that was acknowledged.</summary>
    private static async Task<(Session Session, int Answers, int Refused)> RefreshAsync(
        ServiceProcess service, Person person, Session session, CancellationToken room)
    {
        var (answers, refused) = (0, 0);
        for (var isLast = false; ; )
        {
            isLast |= room.IsCancellationRequested;
            try
            {
                var request = new RefreshSessionRequest { RefreshToken = session.RefreshToken };
                session = (await service.Sessions.RefreshSessionAsync(request, ServiceProcess.From(person.Network), cancellationToken: CancellationToken.None)).Session;
                answers++;
                if (isLast)
                    return (session, answers, refused);
            }
            catch (RpcException refusal)
            {
                AuthServiceException.From(refusal).Reason.ShouldBe(ErrorReasons.StoreUnavailable, refusal.Status.ToString());
                refused++;
                isLast.ShouldBeFalse("there is room");
            }
        }
    }
}
