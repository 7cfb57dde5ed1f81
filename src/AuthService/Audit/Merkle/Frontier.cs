namespace AuthService.Audit.Merkle;

/// <summary>All that has to be kept of a tree to append to it, and to tell its root: the whole nodes along its right edge, 63 at most.</summary>
public sealed class Frontier
{
    private readonly List<TreeHash> _edge;

    /// <summary>Of an empty tree.</summary>
    public Frontier() => _edge = [];

    /// <summary>Of a tree whose edge was kept.</summary>
    /// <param name="size">Its leaves.</param>
    /// <param name="edge">The hashes of the <see cref="TreeRange.Nodes"/> of all its leaves.</param>
    /// <exception cref="ArgumentException">A tree of this size has an edge of another length.</exception>
    public Frontier(long size, IEnumerable<TreeHash> edge)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        (Size, _edge) = (size, [.. edge]);
        if (_edge.Count != long.PopCount(size))
            throw new ArgumentException($"A tree of {size} leaves has an edge of {long.PopCount(size)} nodes, not of {_edge.Count}.", nameof(edge));
    }

    /// <summary>Leaves.</summary>
    public long Size { get; private set; }

    /// <summary>From the left: the hashes of the <see cref="TreeRange.Nodes"/> of all leaves.</summary>
    public IReadOnlyList<TreeHash> Edge => _edge;

    /// <summary>RFC 9162 §2.1.1. In ⌈log₂ size⌉ hashes at most.</summary>
    public TreeHash Root => TreeRange.Fold(_edge);

    /// <summary>Appends a leaf: two hashes on average, the leaf's own included.</summary>
    /// <param name="leaf">From <see cref="TreeHash.OfLeaf"/>.</param>
    /// <param name="completed">Told each node that is whole with it, the leaf first: what proofs are made from later. Null if nobody keeps them.</param>
    public void Append(TreeHash leaf, Action<TreeNode, TreeHash>? completed = null)
    {
        var node = new TreeNode(0, Size);
        _edge.Add(leaf);
        completed?.Invoke(node, leaf);
        while ((node.Index & 1) == 1)
        {
            node = new TreeNode(node.Level + 1, node.Index >> 1);
            var hash = TreeHash.OfPair(_edge[^2], _edge[^1]);
            _edge.RemoveAt(_edge.Count - 1);
            _edge[^1] = hash;
            completed?.Invoke(node, hash);
        }

        Size++;
    }
}
