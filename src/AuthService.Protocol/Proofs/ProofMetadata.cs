using System.Diagnostics.CodeAnalysis;
using AuthService.V1;
using Google.Protobuf;

namespace AuthService.Protocol.Proofs;

/// <summary>Where proofs travel: binary metadata, so base64 in an HTTP/2 header.</summary>
public static class ProofMetadata
{
    public const string Name = "authservice-proof-bin";

    /// <summary>How a refusal names a field of a proof: <c>authservice-proof-bin.signature</c>.</summary>
    /// <param name="field">A field of <c>DeviceProof</c>, or empty for the proof as a whole.</param>
    public static string FieldPath(string field) => field.Length == 0 ? Name : $"{Name}.{field}";

    private const int MaxText = (ProofLimits.MaxEncoded + 2) / 3 * 4;

    /// <summary>
    /// Reads every proof from the header as HTTP carries it: several headers, or one with commas between, which mean the
    /// same (gRPC over HTTP/2, "Custom-Metadata"). Padding may be there or not.
    /// </summary>
    /// <param name="headers">The raw values of the header <see cref="Name"/>; none at all gives an empty list.</param>
    /// <param name="proofs">In the order sent, at most <see cref="ProofLimits.MaxPerCall"/>.</param>
    /// <param name="fault">What is wrong, if this returns false.</param>
    public static bool TryRead(
        IEnumerable<string?> headers,
        [NotNullWhen(true)] out IReadOnlyList<ParsedProof>? proofs,
        [NotNullWhen(false)] out ProofFault? fault)
    {
        proofs = null;
        fault = null;
        var read = new List<ParsedProof>(ProofLimits.MaxPerCall);
        foreach (var header in headers)
        {
            foreach (var part in (header ?? "").AsSpan().Split(','))
            {
                if (read.Count == ProofLimits.MaxPerCall)
                    fault = new ProofFault("", $"at most {ProofLimits.MaxPerCall} proofs");
                else if (TryReadOne(header.AsSpan()[part].Trim(' '), out var proof, out fault))
                    read.Add(proof);

                if (fault is not null)
                    return false;
            }
        }

        proofs = read;
        return true;
    }

    private static bool TryReadOne(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out ParsedProof? proof, [NotNullWhen(false)] out ProofFault? fault)
    {
        if (TryDecode(text) is { } message)
            return ParsedProof.TryParse(message, out proof, out fault);

        proof = null;
        fault = new ProofFault("", $"a DeviceProof of at most {ProofLimits.MaxEncoded} bytes, in base64");
        return false;
    }

    private static DeviceProof? TryDecode(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxText)
            return null;

        // Convert wants the padding that gRPC allows senders to leave out.
        var padded = text.ToString().PadRight((text.Length + 3) / 4 * 4, '=');
        var buffer = new byte[padded.Length / 4 * 3];
        if (!Convert.TryFromBase64String(padded, buffer, out var length) || length > ProofLimits.MaxEncoded)
            return null;

        try
        {
            return DeviceProof.Parser.ParseFrom(buffer, 0, length);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
