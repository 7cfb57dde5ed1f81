using System.Collections.Immutable;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Risk;

/// <summary>
/// The numbers that a verdict rests on: counts, P, likeness, levels, provenance, and the facts of the call. No tokens, so
/// that it may stand in the audit log.
/// </summary>
public sealed record VerdictRecord
{
    /// <summary>No record is longer, in bytes.</summary>
    public const int MaxBytes = VerdictRecordCodec.MaxBytes;

    internal VerdictRecord()
    {
    }

    /// <summary>What the server knew of the call.</summary>
    public required CallFacts Facts { get; init; }

    public required NetworkClass NetworkClass { get; init; }

    /// <summary>Days before this one on which the account used the network: 0, 1, or 2 for two and more.</summary>
    public required byte EarlierDays { get; init; }

    /// <summary>Whether the environment was decoded from an <c>ecv1.</c> value.</summary>
    public required bool FromValue { get; init; }

    internal ImmutableArray<KindMeasure> Kinds { get; init; } = [];

    /// <exception cref="InvalidDataException">The bytes are no record.</exception>
    public static VerdictRecord Read(ReadOnlySpan<byte> bytes) =>
        VerdictRecordCodec.TryRead(bytes, out var record) ? record : throw new InvalidDataException("Not a verdict record.");

    public byte[] Write() => VerdictRecordCodec.Write(this);
}
