using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AuthService.Audit.Merkle;

/// <summary>What a log commits itself to: so many entries, and their hash. The text of a note: C2SP tlog-checkpoint.</summary>
/// <remarks>
/// <code>
///   origin                    the log's name, one for ever
///   size                      decimal
///   base64(root)
///   extension                 none or more, what else the log says
/// </code>
/// </remarks>
/// <param name="Origin">Of the log: what its key is named, too.</param>
/// <param name="Size">Its entries.</param>
/// <param name="Root">Their hash.</param>
/// <param name="Extensions">Lines, none of them empty.</param>
public sealed record Checkpoint(string Origin, long Size, TreeHash Root, IReadOnlyList<string> Extensions)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (!text.EndsWith('\n') || text[..^1].Split('\n') is not [{ Length: > 0 } origin, var decimals, var hash, .. var extensions])
            return false;

        Span<byte> root = stackalloc byte[TreeHash.Size];
        if (!long.TryParse(decimals, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || !Convert.TryFromBase64String(hash, root, out var length) || length != TreeHash.Size
            || extensions.Any(string.IsNullOrEmpty))
            return false;

        // One form only: no leading zeros, no spaces in the hash.
        checkpoint = new Checkpoint(origin, size, TreeHash.Read(root), extensions);
        if (checkpoint.ToString() == text)
            return true;
        checkpoint = null;
        return false;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.ToArray())}\n{string.Concat(Extensions.Select(line => $"{line}\n"))}");
}
