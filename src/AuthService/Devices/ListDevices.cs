using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Devices;

/// <summary>The account's devices, the newest first.</summary>
internal sealed class ListDevices(AccountKeyStore accountKeys, Database database, PageTokens pages)
{
    private const int UsualPage = 50, MostPerPage = 100;

    public async Task<ListDevicesResponse> RunAsync(ListDevicesRequest request, Call call, CancellationToken cancellationToken)
    {
        var account = call.User.Account.Value;
        string[] list = [call.Rule.Rpc.Value, account];

        var fields = new FieldViolations();
        var size = fields.PageSize(request.PageSize, UsualPage, MostPerPage);
        var before = "";
        if (request.PageToken.Length > 0 && !pages.TryRead(request.PageToken, out before, list))
            fields.Add("page_token", "Must be a next_page_token of this list.");
        fields.ThrowIfAny();

        var keys = await accountKeys.FindAsync(call.User.Account, cancellationToken) ?? throw CallErrors.CredentialRequired();

        // All of them: DeviceOptions.PerAccount bounds them, and ids sort by the time they were made.
        var all = await database.ReadAsync(rows => rows.Devices.Where(row => row.AccountId == account).ToListAsync(cancellationToken), cancellationToken);
        var rest = all
            .Where(row => before.Length == 0 || string.CompareOrdinal(row.Id, before) < 0)
            .OrderByDescending(row => row.Id, StringComparer.Ordinal)
            .ToList();
        var page = rest.Take(size).ToList();
        return new ListDevicesResponse
        {
            Devices = { page.Select(row => row.ToMessage(keys)) },
            NextPageToken = rest.Count > size ? pages.Create(page[^1].Id, list) : "",
        };
    }
}
