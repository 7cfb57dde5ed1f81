using System.Buffers.Binary;

namespace AuthService.Security.Keys;

/// <summary>
/// Finds a value without storing it: HMAC-SHA-256 over its kind and its normal form, under a key that is not in the database. A
/// plain hash would not do: there are few enough phone numbers to try them all.
/// </summary>
/// <remarks>
/// Equal values give equal results; normalise first. The key rotates by computing all values anew (<c>ContactReindex</c>):
/// <see cref="Candidates"/> are what a look-up tries meanwhile.
/// </remarks>
public sealed class BlindIndex(Keyring keyring)
{
    private const string ContactPurpose = "authservice/blind-index/contact/1";
    private const string CounterPurpose = "authservice/blind-index/counter/1";

    /// <summary>The key that new values are under.</summary>
    public KeyId Key => keyring.Current(KeyUse.BlindIndex).Id;

    /// <summary>32 bytes to find a contact's account by, and the key that made them.</summary>
    /// <param name="kind">For instance <c>email</c>, <c>phone</c>.</param>
    /// <param name="value">Its normal form.</param>
    public (byte[] Index, KeyId Key) ForContact(string kind, string value)
    {
        var key = keyring.Current(KeyUse.BlindIndex);
        return (key.Mac(Transcript.Of(ContactPurpose, kind, value)), key.Id);
    }

    /// <summary><see cref="ForContact"/> under each key of the keyring, the current one first.</summary>
    public IReadOnlyList<byte[]> Candidates(string kind, string value)
    {
        var transcript = Transcript.Of(ContactPurpose, kind, value);
        return [.. keyring.All(KeyUse.BlindIndex).Select(key => key.Mac(transcript))];
    }

    /// <summary>16 bytes to count by: limits, failures. Tells nothing about the value that <see cref="ForContact"/> gives.</summary>
    /// <remarks>
    /// Under the oldest key, whatever the current one is: rotating a key must not give everybody who guesses a fresh allowance. Counts
    /// start over only when that key leaves the keyring, which is when somebody else may have it.
    /// </remarks>
    public UInt128 ForCounter(string kind, string value) =>
        BinaryPrimitives.ReadUInt128BigEndian(keyring.Oldest(KeyUse.BlindIndex).Mac(Transcript.Of(CounterPurpose, kind, value)));
}
