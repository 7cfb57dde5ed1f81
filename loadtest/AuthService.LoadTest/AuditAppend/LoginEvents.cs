using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Network;
using AuthService.LoadTest.Subject;
using AuthService.Protocol;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Hot;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.LoadTest.AuditAppend;

/// <summary>Events as a login from home writes them, the verdict's numbers included, about a thousand accounts in turn.</summary>
internal sealed class LoginEvents
{
    private const int Accounts = 1_000;
    private const int LoginsBefore = 3;

    private readonly AuditTrail _trail;
    private readonly JudgedVerdict _verdict;
    private readonly IReadOnlyDictionary<string, string>? _details;
    private readonly Call _call;
    private readonly AccountKeys[] _people;
    private int _next;

    private LoginEvents(IServiceProvider services, AuditEventRow template)
    {
        _trail = services.GetRequiredService<AuditTrail>();
        _verdict = new JudgedVerdict(
            template.Verdict!, template.Decision!.Value, template.ScoreMillibits!.Value, template.PolicyVersion!, template.ModelVersion!, MonitorOnly: false);
        _details = template.Details is { } details ? System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(details) : null;
        var login = RpcName.Of(LoginService.Descriptor.FindMethodByName("Login"));
        _call = new Call(RpcTable.Find(login.Value)!, new ClientNetwork(System.Net.IPAddress.Parse("198.18.20.26")));
        _people = [.. Enumerable.Range(0, Accounts).Select(_ => AccountKeys.Generate(AccountId.Create("de", TimeProvider.System)))];
    }

    /// <summary>As somebody's real login has just written them there.</summary>
    public static async Task<LoginEvents> OfAsync(OwnService service)
    {
        await Population.SettleAtHomeAsync(service, 0, LoginsBefore);
        const int type = (int)EventType.LoginSucceeded;
        var template = await service.Services.GetRequiredService<Database>().ReadAsync(
            rows => rows.AuditEvents.Where(row => row.Type == type && row.Verdict != null).OrderByDescending(row => row.Sequence).FirstAsync(),
            CancellationToken.None);
        return new LoginEvents(service.Services, template);
    }

    /// <summary>Adds so many to a transaction, the way that every use case does.</summary>
    public void Record(Work work, int count)
    {
        for (var at = 0; at < count; at++)
            _trail.Record(work, Next());
    }

    /// <summary>So many rows as they are stored, without the number that the database gives them.</summary>
    public StoredEvents Rows(int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        var rows = Enumerable.Range(0, count).Select(_ => _trail.RowOf(Next(), now));
        return new StoredEvents(
            [.. EventColumns.All.Select(column => column.Name)],
            [.. rows.Select(row => EventColumns.All.Select(column => column.Value(row)).ToArray())]);
    }

    private AuditEntry Next()
    {
        var keys = _people[(uint)Interlocked.Increment(ref _next) % Accounts];
        return new AuditEntry(EventType.LoginSucceeded, _call)
        {
            Account = keys.Account, Keys = keys, Session = SessionId.Create("de", TimeProvider.System),
            VerdictId = $"vrd_{Guid.CreateVersion7():N}", Verdict = _verdict, Details = _details,
        };
    }
}

/// <summary>Rows for statements written by hand.</summary>
/// <param name="Columns">Their names.</param>
/// <param name="Rows">A value for each column.</param>
internal sealed record StoredEvents(IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>Bytes of an event's values, on average.</summary>
    public double Size => Rows.Average(row => row.Sum(SizeOf));

    private static double SizeOf(object? value) => value switch
    {
        null => 0,
        string text => System.Text.Encoding.UTF8.GetByteCount(text),
        byte[] bytes => bytes.Length,
        _ => 8,
    };
}
