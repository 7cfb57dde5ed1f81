using System.Diagnostics;
using System.Security.Cryptography;
using AuthService.Security.Passwords;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthService.LoadTest.Baselines;

/// <summary>How many passwords the machine can hash, with nothing else to do: the service's own Argon2id on a thread for each core.</summary>
internal static class HashRate
{
    /// <returns>Hashes a second.</returns>
    public static double Measure(TimeSpan time)
    {
        var argon2id = Argon2idBackends.Choose(Argon2idBackendChoice.Auto, NullLogger.Instance);
        var cost = new PasswordHashOptions().Cost;
        var (hashes, started) = (0L, Stopwatch.GetTimestamp());
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            var (password, salt) = (RandomNumberGenerator.GetBytes(20), RandomNumberGenerator.GetBytes(16));
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                argon2id.Hash(password, salt, cost);
                Interlocked.Increment(ref hashes);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return hashes / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
