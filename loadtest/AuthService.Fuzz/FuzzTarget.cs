using AuthService.Fuzz.Targets;

namespace AuthService.Fuzz;

/// <summary>Something that reads bytes which anybody may have made. Whatever they are, it must not throw, and its laws must hold.</summary>
/// <param name="Name">As on the command line, and of its folder in the corpus.</param>
/// <param name="Run">Throws where there is a finding.</param>
internal sealed record FuzzTarget(string Name, Action<byte[]> Run)
{
    /// <summary>No reader takes more; what is longer tells the fuzzer nothing.</summary>
    private const int MaxInput = 64 * 1024;

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("ecv-text", EcvTargets.Text),
        new("ecv-body", EcvTargets.Body),
        new("signals", SignalsTarget.Run),
        new("record", RecordTarget.Run),
        new("profile", ProfileTarget.Run),
        new("proof", ProofTarget.Run),
        new("key", KeyTarget.Run),
    ];

    public static FuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);

    public static byte[] ReadAll(Stream stream)
    {
        var bytes = new byte[MaxInput];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}

/// <summary>Something that a reader must hold to does not hold.</summary>
internal sealed class BrokenLawException(string law) : Exception(law)
{
    public static void ThrowUnless(bool holds, string law)
    {
        if (!holds)
            throw new BrokenLawException(law);
    }
}
