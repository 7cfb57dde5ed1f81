using System.Buffers.Text;
using AuthService.Security.Keys;

namespace AuthService.Storage;

/// <summary>
/// What is kept of a request's id, to know the request when it is sent again. Not the id: it is the caller's to choose, and some
/// make it of an address or a phone number. Keyed, since a plain hash gives those away.
/// </summary>
public sealed class RequestMarks(Keyring keyring)
{
    private const string Purpose = "authservice/request-mark/1";
    private const int Length = 16;

    /// <returns>22 characters; null for a request without an id, which no other repeats.</returns>
    public string? Of(string requestId) => requestId.Length == 0
        ? null
        : Base64Url.EncodeToString(keyring.Current(KeyUse.OneTimeCode).Mac(Transcript.Of(Purpose, requestId)).AsSpan(0, Length));
}
