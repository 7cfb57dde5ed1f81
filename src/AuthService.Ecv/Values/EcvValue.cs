using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Values;

/// <summary>The text form <c>ecv1.…</c> of an environment; format in docs/ecv.md.</summary>
public static class EcvValue
{
    public const string Prefix = "ecv1.";

    /// <summary>No value is longer, in characters.</summary>
    public const int MaxLength = 4096;

    /// <param name="environment">What to encode.</param>
    /// <param name="account">The account that it belongs to.</param>
    /// <param name="keyId">1 to 32 characters of A–Z, a–z, 0–9, '-', '_'.</param>
    /// <param name="macKey">At least 32 bytes.</param>
    public static string Encode(TokenizedEnvironment environment, AccountBinding account, string keyId, ReadOnlySpan<byte> macKey) =>
        throw new NotSupportedException();

    /// <param name="text">What a caller handed in: any text.</param>
    /// <param name="account">The account that it must belong to.</param>
    /// <param name="macKeyOf">The MAC key of a key id, or null if there is none.</param>
    /// <param name="environment">What it says, if it is genuine.</param>
    /// <param name="rejection">Why it is refused.</param>
    public static bool TryDecode(
        string text, AccountBinding account, Func<string, byte[]?> macKeyOf, out TokenizedEnvironment environment, out EcvRejection rejection) =>
        throw new NotSupportedException();
}
