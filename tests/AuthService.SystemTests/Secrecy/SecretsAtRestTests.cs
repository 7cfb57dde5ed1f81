using AuthService.SystemTests.Harness;
using Google.Protobuf;

namespace AuthService.SystemTests.Secrecy;

/// <summary>After a whole life with the service, nothing that it wrote anywhere gives anything away.</summary>
public sealed class SecretsAtRestTests
{
    private const string Outbox = "outbox/messages.jsonl";
    private static readonly string[] Telemetry = ["traces", "metrics", "logs"];

    // Everything that is ever logged, but for the framework's own notes on each byte and frame.
    private static readonly string[] Talkative =
    [
        "Logging:LogLevel:Default=Trace", "Logging:LogLevel:AuthService=Trace", "Logging:LogLevel:Grpc=Debug", "Logging:LogLevel:Microsoft=Debug",
        "Logging:LogLevel:Microsoft.EntityFrameworkCore=Debug", "Logging:LogLevel:System=Debug", "Telemetry:TracedShare=1",
    ];

    [Fact]
    public async Task Databases_logs_audit_metrics_and_traces_hold_no_secret_no_signal_and_no_contact()
    {
        using var data = new DataFolder();
        await using var telemetry = await TelemetrySink.StartAsync();
        var variables = new Dictionary<string, string?>(ServiceProcess.Variables(data).Concat(telemetry.Variables));
        await using var service = await ServiceProcess.StartAsync("Development", variables, Talkative);
        using var story = new Story(service, data);

        await story.TellAsync();
        await new OddInputs(service, data, story.Session).SendAsync();
        var events = await AuditTrail.ReadAsync(service, data);
        var audit = Place.OfText("audit", string.Join('\n', events.Select(@event => JsonFormatter.Default.Format(@event))));
        var metrics = Place.OfText("metrics", await Metrics.PageAsync(service));
        var alive = Place.InFolder(data.Path, except: Outbox);
        (await service.StopAsync()).ShouldBe(0, service.Log);
        var stopped = Place.InFolder(data.Path, except: Outbox);
        Place[] told =
        [
            Place.OfText("log", service.Log), metrics, .. Telemetry.Select(signal => new Place($"exported {signal}", telemetry.Received(signal))),
        ];

        // 1. there was something to search
        told.ShouldAllBe(place => place.Content.Length > 1_000);
        alive.ShouldContain(place => place.Name.EndsWith("-wal", StringComparison.Ordinal) && place.Content.Length > 100_000);
        story.Secrets.Count.ShouldBeGreaterThan(30);
        story.ReportTokens.ShouldNotBeEmpty();
        var id = Secret.OfText("account id, which is no secret", story.Session.AccountId);
        Place[] known = [.. alive.Where(place => place.Name == "authservice.db-wal"), .. stopped.Where(place => place.Name == "authservice.db"), audit];
        SecretSearch.Find([id], known).Count.ShouldBe(3);

        // 2. nothing in what the service keeps and tells; who may read the audit log sees addresses there, and nobody's contact
        Secret[] hers = [.. story.Secrets, .. story.ReportTokens, .. Heroine.Secrets, .. Heroine.Contacts];
        string[] found =
        [
            .. SecretSearch.Find([.. hers, .. Heroine.Networks], [.. alive, .. stopped, .. told]), .. SecretSearch.Find(hers, [audit]),
        ];
        found.ShouldBeEmpty(string.Join('\n', found));

        // 3. messages hold contacts and codes, and nothing else
        var outbox = new Place(Outbox, await File.ReadAllBytesAsync(data.PathOf(Outbox)));
        SecretSearch.Find([.. story.Secrets.Except(story.Codes), .. Heroine.Secrets, .. Heroine.Networks], [outbox]).ShouldBeEmpty();
        SecretSearch.Find([.. story.Codes, .. Heroine.Contacts], [outbox]).Count.ShouldBeGreaterThan(Heroine.Contacts.Count);
    }
}
