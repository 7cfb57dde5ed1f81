using System.Security.Cryptography;

namespace AuthService.Security.Passwords;

/// <summary>Chooses the back end, and trusts none that does not compute what is known.</summary>
internal static class Argon2idBackends
{
    private static readonly byte[] VectorPassword = [.. "authservice/argon2id/vector"u8];
    private static readonly byte[] VectorSalt = [.. "0123456789abcdef"u8];

    // What is paid for real hashes, and what hardly costs anything; p=1. Computed with OpenSSL's Argon2id, which is neither of the two.
    private static readonly Vector Full = new(
        new Argon2idCost(Argon2idCost.LeastMemoryKiB, Argon2idCost.LeastPasses), "5c98ac1ca297a5f76205195ab97ddf596ee2a7acc413cb11402a0e453c6c0e3c");

    private static readonly Vector Small = new(new Argon2idCost(64, 2), "cce66982c9a051a4069790ceeb513c5700319943d892b3f4d32966e285120ff7");

    /// <summary>
    /// Hashes a vector with both back ends, and returns the one to use. The managed one, where it is not the one, hashes a small one: the start
    /// waits for it, and what it allocates stays.
    /// </summary>
    /// <exception cref="Argon2idException">One that loads computes something else, or the one that is asked for does not load.</exception>
    public static IArgon2id Choose(Argon2idBackendChoice choice, ILogger logger) =>
        Choose(choice, new LibsodiumArgon2id(), new ManagedArgon2id(), logger);

    internal static IArgon2id Choose(Argon2idBackendChoice choice, IArgon2id native, IArgon2id managed, ILogger logger)
    {
        Check(managed, Small);
        var fault = FaultOf(native);
        if (fault is not null && choice == Argon2idBackendChoice.Libsodium)
            throw new Argon2idException("Passwords:Hashing:Backend is Libsodium, but its native library does not load.", fault);

        if (fault is not null && choice == Argon2idBackendChoice.Auto)
            logger.NativeBackendMissing(fault);

        var chosen = fault is null && choice != Argon2idBackendChoice.Managed ? native : managed;
        if (chosen == managed)
            Check(managed, Full);
        logger.BackendChosen(chosen.Name);
        return chosen;
    }

    private static Exception? FaultOf(IArgon2id native)
    {
        try
        {
            Check(native, Full);
            return null;
        }
        catch (Exception fault) when (fault is DllNotFoundException or TypeInitializationException or PlatformNotSupportedException or BadImageFormatException)
        {
            return fault;
        }
    }

    private static void Check(IArgon2id backend, Vector vector)
    {
        var hash = backend.Hash(VectorPassword, VectorSalt, vector.Cost);
        if (!CryptographicOperations.FixedTimeEquals(hash, Convert.FromHexString(vector.Hash)))
            throw new Argon2idException($"The {backend.Name} back end computes another Argon2id than the known one. Nothing it hashed could be trusted.");
    }

    private sealed record Vector(Argon2idCost Cost, string Hash);
}

/// <summary>No back end can be used.</summary>
public sealed class Argon2idException(string problem, Exception? cause = null) : Exception(problem, cause);
