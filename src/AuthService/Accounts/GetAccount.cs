using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Storage;
using AuthService.V1;

namespace AuthService.Accounts;

/// <summary>Shows the caller's own account.</summary>
internal sealed class GetAccount(AccountDirectory directory, Database database)
{
    public async Task<GetAccountResponse> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var account = await directory.FindAsync(call.User.Account, cancellationToken) ?? throw CallErrors.NotFound("account");
        return new GetAccountResponse
        {
            Account = await database.ReadAsync(
                rows => AccountMessages.OfAsync(rows, account.Row, account.Keys, cancellationToken), cancellationToken),
        };
    }
}
