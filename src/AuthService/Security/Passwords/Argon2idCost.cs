using System.Runtime.InteropServices;

namespace AuthService.Security.Passwords;

/// <summary>What one Argon2id hash costs (RFC 9106 §3.1). One lane: parallel logins use the cores, not one login alone.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Argon2idCost(int MemoryKiB, int Passes)
{
    // OWASP Password Storage Cheat Sheet: m=19456, t=2, p=1.
    public const int LeastMemoryKiB = 19_456;
    public const int LeastPasses = 2;

    // Below this Argon2 itself is refused by libsodium (8 KiB a lane); hashes made with less than today's cost must stay readable.
    public const int TolerableMemoryKiB = 8;

    // What a stored hash may ask for: a row that was tampered with must not take the machine down.
    public const int MostMemoryKiB = 1 << 20;
    public const int MostPasses = 16;
}
