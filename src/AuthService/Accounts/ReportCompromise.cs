using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>
/// "That was not me": somebody got in, or nearly. Reported by whoever holds the token of a notice, or by the owner, signed in. Reporting
/// shuts the account, so it is a door for spite: hence a factor that is fresh, and tokens that are good once.
/// </summary>
internal sealed class ReportCompromise(
    AccountDirectory directory, CompromiseMeasures measures, Database database, IdempotentRequests requests)
{
    private const int MaxVerdicts = 100;
    private static readonly TimeSpan FurthestBack = TimeSpan.FromDays(30);

    /// <summary>The events of logins that may have taught something.</summary>
    private static readonly int[] Teaching =
        [(int)EventType.LoginSucceeded, (int)EventType.StepUpRequired, (int)EventType.StepUpCompleted];

    public async Task<ReportCompromiseResponse> RunAsync(ReportCompromiseRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var since = Parse(request);

        // 2. who may: the holder of a token, or a person who has shown a factor just now
        var token = request.ReportToken.Length > 0 ? await FindAsync(request, cancellationToken) : null;
        if (token is null && call.Caller is not Caller.User)
            throw CallErrors.CredentialRequired();
        if (token is null && !call.IsFresh(database.Now()))
            throw CallErrors.FreshFactorRequired();
        var id = token is null ? call.User.Account : AccountId.Parse(token.AccountId);
        var account = await directory.FindAsync(id, cancellationToken) ?? throw CallErrors.StepUpExpired();

        // 3. once; sent again, it is answered as the first was
        var identity = new RequestIdentity(account.Id.Value, call.Rule.Rpc.Value, request.RequestId, request);
        return await database.WriteAsync(
            work => requests.OnceAsync(
                work, identity, () => ReportAsync(work, request, since, token, account, call, cancellationToken), cancellationToken),
            cancellationToken);
    }

    private DateTimeOffset? Parse(ReportCompromiseRequest request)
    {
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        fields.Text("report_token", request.ReportToken, 128);
        var since = fields.Time("since", request.Since);
        var now = database.Now();
        if (since > now || since < now - FurthestBack)
            fields.Add("since", "Must be within the last 30 days.");
        if (request.VerdictIds.Count > MaxVerdicts)
            fields.Add("verdict_ids", $"Must be at most {MaxVerdicts}.");
        foreach (var verdict in request.VerdictIds.Take(MaxVerdicts))
            fields.Text("verdict_ids", verdict, 64, required: true);
        if (since is null && request.VerdictIds.Count == 0 && request.ReportToken.Length == 0)
            fields.Add("since", "Required: a time, verdict_ids, or a report_token.");
        fields.ThrowIfAny();
        return since;
    }

    /// <summary>Whether it never was, or is not good any more, is one answer.</summary>
    private async Task<ReportTokenRow> FindAsync(ReportCompromiseRequest request, CancellationToken cancellationToken) =>
        await database.ReadAsync(rows => ReportTokens.FindAsync(rows, request.ReportToken, database.Now(), cancellationToken), cancellationToken)
        ?? throw CallErrors.StepUpExpired();

    private async Task<ReportCompromiseResponse> ReportAsync(
        Work work, ReportCompromiseRequest request, DateTimeOffset? since, ReportTokenRow? token, FoundAccount account, Call call,
        CancellationToken cancellationToken)
    {
        // 4. the token, good once; as it is now
        if (token is not null && !await work.Rows.ReportTokens.AnyAsync(row => row.Hash == token.Hash && row.UsedAt == null, cancellationToken))
            throw CallErrors.StepUpExpired();

        // 5. what is doubted
        var doubt = await DoubtAsync(work, request, since, token, account.Id, cancellationToken);

        // 6. all that follows
        return await measures.TakeAsync(work, account.Keys, doubt, byToken: token is not null, call, cancellationToken);
    }

    private static async Task<Doubt> DoubtAsync(
        Work work, ReportCompromiseRequest request, DateTimeOffset? since, ReportTokenRow? token, AccountId account,
        CancellationToken cancellationToken)
    {
        var judged = work.Rows.AuditEvents.Where(row => row.AccountId == account.Value && row.VerdictId != null);
        if (request.VerdictIds.Count == 0)
        {
            var from = since ?? token!.CreatedAt;
            var all = await judged.Where(row => row.At >= from && Teaching.Contains(row.Type))
                .Select(row => row.VerdictId!).Distinct().ToListAsync(cancellationToken);
            return new Doubt(from, token?.VerdictId is { } told && !all.Contains(told) ? [.. all, told] : all);
        }

        string[] named = [.. request.VerdictIds.Distinct(StringComparer.Ordinal)];
        var found = await judged.Where(row => named.Contains(row.VerdictId!)).Select(row => new { row.VerdictId, row.At }).ToListAsync(cancellationToken);
        return named.All(verdict => found.Exists(row => row.VerdictId == verdict))
            ? new Doubt(since ?? found.Min(row => row.At), named)
            : throw CallErrors.InvalidField("verdict_ids", "Must be of logins of this account.");
    }
}

/// <summary>What a report puts in doubt.</summary>
/// <param name="Since">What was added from then on.</param>
/// <param name="VerdictIds">What these logins taught.</param>
internal sealed record Doubt(DateTimeOffset Since, IReadOnlyList<string> VerdictIds);
