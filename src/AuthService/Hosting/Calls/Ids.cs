using AuthService.Hosting.Errors;
using AuthService.Storage.Ids;

namespace AuthService.Hosting.Calls;

/// <summary>Ids as they come in requests. One of another region says so, since it tells its region itself.</summary>
public static class Ids
{
    public static AccountId ParseAccount(string field, string text, string servedRegion)
    {
        if (!AccountId.TryParse(text, out var id))
            throw CallErrors.InvalidField(field, "Must be an account id.");
        return id.Region == servedRegion ? id : throw CallErrors.WrongRegion(id.Region);
    }

    public static DeviceId ParseDevice(string field, string text, string servedRegion)
    {
        if (!DeviceId.TryParse(text, out var id))
            throw CallErrors.InvalidField(field, "Must be a device id.");
        return id.Region == servedRegion ? id : throw CallErrors.WrongRegion(id.Region);
    }

    public static SessionId ParseSession(string field, string text, string servedRegion)
    {
        if (!SessionId.TryParse(text, out var id))
            throw CallErrors.InvalidField(field, "Must be a session id.");
        return id.Region == servedRegion ? id : throw CallErrors.WrongRegion(id.Region);
    }
}
