using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.V1;
using Enum = System.Enum;

namespace AuthService.Administration;

/// <summary>Tells which keys the keyring has, and how far what they sealed has moved. Who looks is an event.</summary>
internal sealed class ListKeys(Keyring keyring, IEnumerable<IRekeyed> stored, Database database, AuditTrail audit)
{
    public async Task<ListKeysResponse> RunAsync(Call call, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            work =>
            {
                audit.Record(work, new AuditEntry(EventType.KeysListed, call));
                return Task.CompletedTask;
            },
            cancellationToken);

        var response = new ListKeysResponse();
        foreach (var use in Enum.GetValues<KeyUse>())
        {
            var keys = keyring.All(use);
            foreach (var key in keys.OrderByDescending(key => key.Activates ?? key.Created))
                response.Keys.Add(await TellAsync(key, keys[0], cancellationToken));
        }

        return response;
    }

    private async Task<KeyringKey> TellAsync(Key key, Key current, CancellationToken cancellationToken)
    {
        var message = key.ToMessage(current);
        if (message.State is KeyringKeyState.Retired or KeyringKeyState.Compromised && stored.FirstOrDefault(values => values.Use == key.Use) is { } values)
            message.ValuesLeft = await values.CountAsync(key.Id, cancellationToken);
        return message;
    }
}
