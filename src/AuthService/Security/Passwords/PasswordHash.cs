// What is stored of a password: a PHC string (https://github.com/P-H-C/phc-string-format), about 120 ASCII characters.
//
//   $argon2id$v=19$m=19456,t=2,p=1,keyid=7k2m0qxa$<salt>$<hash>
//    │         │    │       │   │   │              │      └ 32 bytes in base64 without padding
//    │         │    │       │   │   │              └ 16 random bytes, likewise
//    │         │    │       │   │   └ the pepper's KeyId. PHC defines keyid as up to 8 bytes in base64: this is six
//    │         │    │       │   └ lanes, always 1
//    │         │    │       └ passes
//    │         │    └ memory in KiB
//    │         └ Argon2 version 0x13
//    └ the algorithm
//
//   hash = Argon2id(HMAC-SHA-256(pepper, UTF-8(NFKC(password))), salt, m, t, p)
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using AuthService.Security.Keys;

namespace AuthService.Security.Passwords;

/// <summary>A stored password hash, taken apart. The format is drawn at the top of the file.</summary>
internal sealed partial record PasswordHash(Argon2idCost Cost, KeyId Pepper, byte[] Salt, byte[] Hash)
{
    public const int SaltSize = 16;
    public const int HashSize = 32;

    /// <summary>Reads what <see cref="ToString"/> wrote, and nothing else; costs outside sane bounds count as malformed.</summary>
    public static bool TryParse(string phc, [NotNullWhen(true)] out PasswordHash? hash)
    {
        hash = null;
        var match = Format.Match(phc);
        if (!match.Success
            || !int.TryParse(match.Groups["m"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var memory)
            || !int.TryParse(match.Groups["t"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var passes)
            || memory is < Argon2idCost.TolerableMemoryKiB or > Argon2idCost.MostMemoryKiB
            || passes is < 1 or > Argon2idCost.MostPasses
            || !KeyId.TryParse(match.Groups["keyid"].ValueSpan, out var pepper)
            || !PhcBase64.TryDecode(match.Groups["salt"].ValueSpan, SaltSize, out var salt)
            || !PhcBase64.TryDecode(match.Groups["hash"].ValueSpan, HashSize, out var digest))
            return false;

        hash = new PasswordHash(new Argon2idCost(memory, passes), pepper, salt, digest);
        return true;
    }

    /// <summary>Whether this is the hash. Takes the same time wherever the two differ.</summary>
    public bool IsHash(ReadOnlySpan<byte> computed) => CryptographicOperations.FixedTimeEquals(Hash, computed);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"$argon2id$v=19$m={Cost.MemoryKiB},t={Cost.Passes},p=1,keyid={Pepper}${PhcBase64.Encode(Salt)}${PhcBase64.Encode(Hash)}");

    [GeneratedRegex(
        @"\A\$argon2id\$v=19\$m=(?<m>[1-9][0-9]{0,8}),t=(?<t>[1-9][0-9]{0,2}),p=1,keyid=(?<keyid>[a-z0-9]{8})\$(?<salt>[A-Za-z0-9+/]{22})\$(?<hash>[A-Za-z0-9+/]{43})\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Format { get; }
}
