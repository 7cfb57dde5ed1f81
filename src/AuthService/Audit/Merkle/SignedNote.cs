using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AuthService.Audit.Merkle;

/// <summary>A text that somebody has signed, and perhaps others: C2SP signed-note.</summary>
/// <remarks>
/// <code>
///   text, whole lines
///                              an empty line
///   — name base64(id ‖ signature)      one or more; the key's id are 4 bytes
/// </code>
/// </remarks>
/// <param name="Text">Ends with a line feed.</param>
/// <param name="Signatures">One at least.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>The most letters that are read, enough for 16 signatures of 5 kB: more is no note that anybody should have written.</summary>
    public const int MaxLength = 256 * 1024;

    private const string Mark = "— ";

    /// <summary>Whether one of the signatures is this key's, and good. Those of other keys do not matter.</summary>
    public bool IsSignedBy(NoteVerifier key) =>
        Signatures.Any(signature => signature.Name == key.Name && signature.KeyId == key.KeyId && key.IsGood(Text, signature));

    /// <summary>Adds a signature: a witness's, say.</summary>
    public SignedNote With(NoteSignature signature) => this with { Signatures = [.. Signatures, signature] };

    public static bool TryParse(string note, [NotNullWhen(true)] out SignedNote? parsed)
    {
        parsed = null;
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (note.Length > MaxLength || end < 0 || end + 2 >= note.Length || !note.EndsWith('\n') || note.Any(letter => letter < ' ' && letter != '\n'))
            return false;

        var signatures = new List<NoteSignature>();
        foreach (var line in note[(end + 2)..^1].Split('\n'))
        {
            if (!line.StartsWith(Mark, StringComparison.Ordinal) || !NoteSignature.TryParse(line[Mark.Length..], out var signature))
                return false;
            signatures.Add(signature);
        }

        parsed = new SignedNote(note[..(end + 1)], signatures);
        return true;
    }

    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
            note.Append(Mark).Append(signature).Append('\n');
        return note.ToString();
    }
}
