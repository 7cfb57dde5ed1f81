using System.Numerics;

namespace AuthService.Audit.Merkle;

/// <summary>A part of a tree that a proof needs the hash of: leaves from <paramref name="Begin"/> up to, without, <paramref name="End"/>.</summary>
public readonly record struct TreeRange(long Begin, long End)
{
    private const int HighestLevel = 62;

    /// <summary>The nodes that it is made of, from the left, each smaller than the one before: one, or along the right edge of the tree a few.</summary>
    public IEnumerable<TreeNode> Nodes()
    {
        for (var at = Begin; at < End;)
        {
            var level = Math.Min(at == 0 ? HighestLevel : BitOperations.TrailingZeroCount(at), BitOperations.Log2((ulong)(End - at)));
            yield return new TreeNode(level, at >> level);
            at += 1L << level;
        }
    }

    /// <summary>Its two parts: the left one as large as a power of two can be that is smaller than the whole (RFC 9162 §2.1.1).</summary>
    internal (TreeRange Left, TreeRange Right) Split()
    {
        var middle = Begin + (1L << BitOperations.Log2((ulong)(End - Begin - 1)));
        return (new TreeRange(Begin, middle), new TreeRange(middle, End));
    }

    /// <summary>Its hash.</summary>
    /// <param name="of">The hash of each of <see cref="Nodes"/>.</param>
    public TreeHash Hash(Func<TreeNode, TreeHash> of) => Fold([.. Nodes().Select(of)]);

    /// <summary>The hash of parts of a tree that stand side by side, each smaller than the one before.</summary>
    internal static TreeHash Fold(IReadOnlyList<TreeHash> parts)
    {
        if (parts.Count == 0)
            return TreeHash.OfNothing;
        var hash = parts[^1];
        for (var at = parts.Count - 2; at >= 0; at--)
            hash = TreeHash.OfPair(parts[at], hash);
        return hash;
    }
}
