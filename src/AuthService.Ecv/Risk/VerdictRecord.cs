namespace AuthService.Ecv.Risk;

/// <summary>
/// The numbers that a verdict rests on: counts, P, likeness, levels, provenance, and the facts of the call. No tokens, so
/// that it may stand in the audit log.
/// </summary>
public sealed record VerdictRecord
{
    /// <summary>No record is longer, in bytes.</summary>
    public const int MaxBytes = 2_048;

    /// <exception cref="InvalidDataException">The bytes are no record.</exception>
    public static VerdictRecord Read(ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    public byte[] Write() => throw new NotSupportedException();
}
