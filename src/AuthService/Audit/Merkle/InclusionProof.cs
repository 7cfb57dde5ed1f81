namespace AuthService.Audit.Merkle;

/// <summary>Shows that an entry is in a tree, at its place: RFC 9162 §2.1.3.</summary>
public static class InclusionProof
{
    /// <summary>The parts of the tree whose hashes are the proof, in its order.</summary>
    /// <param name="index">Of the entry, from 0.</param>
    /// <param name="size">Of the tree.</param>
    public static IReadOnlyList<TreeRange> Of(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<TreeRange>();
        for (var whole = new TreeRange(0, size); whole.End - whole.Begin > 1;)
        {
            var (left, right) = whole.Split();
            (whole, var other) = index < right.Begin ? (left, right) : (right, left);
            path.Add(other);
        }

        path.Reverse();
        return path;
    }

    /// <summary>RFC 9162 §2.1.3.2, step by step.</summary>
    /// <param name="leaf">The entry's hash.</param>
    /// <param name="index">Where it is said to be.</param>
    /// <param name="size">Of the tree.</param>
    /// <param name="path">The proof.</param>
    /// <param name="root">The tree's hash, from a checkpoint that is trusted.</param>
    public static bool Holds(TreeHash leaf, long index, long size, IEnumerable<TreeHash> path, TreeHash root)
    {
        // 1
        if (index < 0 || index >= size)
            return false;

        // 2, 3
        var (fn, sn, r) = (index, size - 1, leaf);

        // 4
        foreach (var p in path)
        {
            if (sn == 0)
                return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                r = TreeHash.OfPair(p, r);
                for (; (fn & 1) == 0 && fn != 0; sn >>= 1)
                    fn >>= 1;
            }
            else
            {
                r = TreeHash.OfPair(r, p);
            }

            fn >>= 1;
            sn >>= 1;
        }

        // 5
        return sn == 0 && r == root;
    }
}
