using Konscious.Security.Cryptography;
using NSec.Cryptography;

namespace AuthService.Security.Passwords;

/// <summary>Argon2id, version 0x13 (RFC 9106), one lane. Two back ends, one answer.</summary>
internal interface IArgon2id
{
    /// <summary>For logs.</summary>
    string Name { get; }

    /// <param name="password">Any bytes; overwritten by the caller.</param>
    /// <param name="salt"><see cref="PasswordHash.SaltSize"/> bytes.</param>
    /// <returns><see cref="PasswordHash.HashSize"/> bytes.</returns>
    byte[] Hash(byte[] password, byte[] salt, Argon2idCost cost);
}

/// <summary>libsodium. Its memory is its own, wiped when it is done.</summary>
internal sealed class LibsodiumArgon2id : IArgon2id
{
    public string Name => "libsodium";

    public byte[] Hash(byte[] password, byte[] salt, Argon2idCost cost)
    {
        var parameters = new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = cost.MemoryKiB, NumberOfPasses = cost.Passes };
        return PasswordBasedKeyDerivationAlgorithm.Argon2id(parameters).DeriveBytes(password, salt, PasswordHash.HashSize);
    }
}

/// <summary>Konscious. It hands its work to the thread pool, whatever thread asks; the gate still bounds how much of it there is.</summary>
internal sealed class ManagedArgon2id : IArgon2id
{
    public string Name => "managed";

    public byte[] Hash(byte[] password, byte[] salt, Argon2idCost cost)
    {
        using var argon2 = new Konscious.Security.Cryptography.Argon2id(password)
        {
            Salt = salt,
            DegreeOfParallelism = 1,
            MemorySize = cost.MemoryKiB,
            Iterations = cost.Passes,
        };

        // A hashing thread has nothing else to do than wait.
        return argon2.GetBytesAsync(PasswordHash.HashSize).GetAwaiter().GetResult();
    }
}
