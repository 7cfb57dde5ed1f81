using AuthService.Security.Keys;

namespace AuthService.Storage;

/// <summary>
/// What rows keep of a request id: a keyed hash. The id is the client's own choice, and careless clients choose what should be in no
/// row: an address, a token.
/// </summary>
public sealed class RequestIds(Keyring keyring)
{
    /// <returns>Null for a request without an id: it is like no other.</returns>
    public string? Fingerprint(string requestId) => requestId.Length == 0
        ? null
        : Convert.ToHexString(keyring.Current(KeyUse.Request).Mac(Transcript.Of("authservice/request-id/1", requestId))[..16]);
}
