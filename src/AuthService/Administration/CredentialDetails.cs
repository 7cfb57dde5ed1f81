using AuthService.Storage.Rows;

namespace AuthService.Administration;

/// <summary>What the audit log says of a credential.</summary>
internal static class CredentialDetails
{
    public static IReadOnlyDictionary<string, string> Of(ServiceCredentialRow row) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["credential_id"] = row.Id,
        ["name"] = row.Name,
        ["scopes"] = row.Scopes,
    };
}
