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
    public async Task<ListDevicesResponse> RunAsync(ListDevicesRequest request, Call call, CancellationToken cancellationToken)
    {
        var account = call.User.Account.Value;
        var page = pages.Parse(call, request.PageSize, request.PageToken);
        var keys = await accountKeys.FindAsync(call.User.Account, cancellationToken) ?? throw CallErrors.CredentialRequired();

        // All of them: DeviceOptions.PerAccount bounds them, and ids sort by the time they were made.
        var all = await database.ReadAsync(rows => rows.Devices.Where(row => row.AccountId == account).ToListAsync(cancellationToken), cancellationToken);
        var rest = all
            .Where(row => page.After.Length == 0 || string.CompareOrdinal(row.Id, page.After) < 0)
            .OrderByDescending(row => row.Id, StringComparer.Ordinal)
            .ToList();
        return new ListDevicesResponse
        {
            Devices = { rest.Take(page.Size).Select(row => row.ToMessage(keys)) },
            NextPageToken = rest.Count > page.Size ? pages.Next(call, rest[page.Size - 1].Id) : "",
        };
    }
}
