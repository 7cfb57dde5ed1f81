using System.ComponentModel.DataAnnotations;

namespace AuthService.Security.Passwords;

/// <summary>Which code computes Argon2id. The result is the same.</summary>
public enum Argon2idBackendChoice
{
    /// <summary>libsodium where its native library loads, else the managed one.</summary>
    Auto,

    /// <summary>libsodium through NSec: three to four times faster, and allocates no managed memory.</summary>
    Libsodium,

    /// <summary>Konscious: runs everywhere. Works on the thread pool, so its threads have no lower priority.</summary>
    Managed,
}

/// <summary>Section <c>Passwords:Hashing</c>.</summary>
public sealed class PasswordHashOptions
{
    /// <summary>Default <see cref="Argon2idBackendChoice.Auto"/>.</summary>
    [EnumDataType(typeof(Argon2idBackendChoice))]
    public Argon2idBackendChoice Backend { get; set; } = Argon2idBackendChoice.Auto;

    /// <summary>
    /// Memory of one hash, in KiB. Default 19,456 (19 MiB), the least that OWASP recommends with two passes. Raising it takes
    /// effect for each account at its next login.
    /// </summary>
    [Range(Argon2idCost.LeastMemoryKiB, Argon2idCost.MostMemoryKiB)]
    public int MemoryKiB { get; set; } = Argon2idCost.LeastMemoryKiB;

    /// <summary>Passes over that memory. Default 2.</summary>
    [Range(Argon2idCost.LeastPasses, Argon2idCost.MostPasses)]
    public int Passes { get; set; } = Argon2idCost.LeastPasses;

    /// <summary>Hashing threads; each uses a core while there is work. Default 0: as many as there are cores.</summary>
    [Range(0, 256)]
    public int Threads { get; set; }

    /// <summary>
    /// How many hashes may wait for a thread before more are shed. Default 128: on two cores about a second, after which people
    /// try again anyway.
    /// </summary>
    [Range(1, 100_000)]
    public int QueueLength { get; set; } = 128;

    /// <summary>
    /// Nice value of the hashing threads, on Linux. Default 10: when cores are short, they get about a tenth of what a thread
    /// that answers calls gets.
    /// </summary>
    [Range(0, 19)]
    public int Nice { get; set; } = 10;

    internal Argon2idCost Cost => new(MemoryKiB, Passes);
}
