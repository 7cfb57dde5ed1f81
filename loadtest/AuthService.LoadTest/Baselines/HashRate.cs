using System.Diagnostics;
using System.Security.Cryptography;
using AuthService.Security.Passwords;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthService.LoadTest.Baselines;

/// <summary>The service's own Argon2id, at its own cost, with nothing else to do.</summary>
internal static class HashRate
{
    /// <summary>How many passwords the machine can hash, on a thread for each core.</summary>
    /// <returns>Hashes a second.</returns>
    public static double Measure(TimeSpan time)
    {
        var hash = Hasher();
        var (hashes, started) = (0L, Stopwatch.GetTimestamp());
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                hash();
                Interlocked.Increment(ref hashes);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return hashes / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Hashes one password, on the thread that calls it.</summary>
    public static Action Hasher()
    {
        var argon2id = Argon2idBackends.Choose(Argon2idBackendChoice.Auto, NullLogger.Instance);
        var (password, salt, cost) = (RandomNumberGenerator.GetBytes(20), RandomNumberGenerator.GetBytes(16), new PasswordHashOptions().Cost);
        return () => argon2id.Hash(password, salt, cost);
    }
}
