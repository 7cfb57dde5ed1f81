using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Security.Factors;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Login.Factors;

/// <summary>The caller's factors, the oldest first.</summary>
internal sealed class ListFactors(AccountKeyStore accountKeys, PageTokens pages, Database database)
{
    public async Task<ListFactorsResponse> RunAsync(ListFactorsRequest request, Call call, CancellationToken cancellationToken)
    {
        var page = pages.Parse(call, request.PageSize, request.PageToken);
        var account = call.User.Account;
        var keys = await accountKeys.FindAsync(account, cancellationToken) ?? throw CallErrors.NotFound("account");
        var found = await database.ReadAsync(
            rows => SecondFactors.Standing(rows, account, database.Now())
                .Where(row => string.Compare(row.Id, page.After) > 0)
                .OrderBy(row => row.Id)
                .Take(page.Size + 1)
                .Select(row => new { Row = row, Remaining = rows.RecoveryCodes.Count(code => code.FactorId == row.Id && code.UsedAt == null) })
                .ToListAsync(cancellationToken),
            cancellationToken);
        return new ListFactorsResponse
        {
            Factors = { found.Take(page.Size).Select(factor => factor.Row.ToMessage(keys, factor.Remaining)) },
            NextPageToken = found.Count > page.Size ? pages.Next(call, found[page.Size - 1].Row.Id) : "",
        };
    }
}
