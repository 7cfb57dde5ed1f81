using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Login.Factors;

/// <summary>The caller's factors, the oldest first.</summary>
internal sealed class ListFactors(AccountKeyStore accountKeys, Database database)
{
    public async Task<ListFactorsResponse> RunAsync(ListFactorsRequest request, Call call, CancellationToken cancellationToken)
    {
        var account = call.User.Account;
        var keys = await accountKeys.FindAsync(account, cancellationToken) ?? throw CallErrors.NotFound("account");
        var found = await database.ReadAsync(
            rows => rows.Factors
                .Where(row => row.AccountId == account.Value)
                .OrderBy(row => row.Id)
                .Select(row => new { Row = row, Remaining = rows.RecoveryCodes.Count(code => code.FactorId == row.Id && code.UsedAt == null) })
                .ToListAsync(cancellationToken),
            cancellationToken);
        return new ListFactorsResponse { Factors = { found.Select(factor => factor.Row.ToMessage(keys, factor.Remaining)) } };
    }
}
