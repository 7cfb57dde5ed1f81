namespace AuthService.Audit.Merkle;

/// <summary>Shows that a tree is what an earlier one has grown to, with nothing taken away or changed: RFC 9162 §2.1.4.</summary>
public static class ConsistencyProof
{
    /// <summary>The parts of the later tree whose hashes are the proof, in its order. None if there is nothing to show.</summary>
    /// <param name="earlier">Size of the earlier tree, from 0.</param>
    /// <param name="later">Size of the later one.</param>
    public static IReadOnlyList<TreeRange> Of(long earlier, long later)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(earlier);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlier, later);
        if (earlier == 0 || earlier == later)
            return [];

        var path = new List<TreeRange>();
        var whole = new TreeRange(0, later);
        while (whole.End != earlier)
        {
            var (left, right) = whole.Split();
            (whole, var other) = earlier <= right.Begin ? (left, right) : (right, left);
            path.Add(other);
        }

        // Whoever checks it has the hash of the earlier tree, if that is what is left.
        if (whole.Begin > 0)
            path.Add(whole);
        path.Reverse();
        return path;
    }

    /// <summary>RFC 9162 §2.1.4.2, step by step.</summary>
    /// <param name="earlier">Size of the earlier tree.</param>
    /// <param name="earlierRoot">Its hash.</param>
    /// <param name="later">Size of the later one.</param>
    /// <param name="laterRoot">Its hash.</param>
    /// <param name="path">The proof.</param>
    public static bool Holds(long earlier, TreeHash earlierRoot, long later, TreeHash laterRoot, IReadOnlyList<TreeHash> path)
    {
        // Where nothing can have changed, there is nothing to show. An empty tree has one hash only.
        if (earlier < 0 || earlier > later || (earlier == 0 && earlierRoot != TreeHash.OfNothing))
            return false;
        if (earlier == later)
            return path.Count == 0 && earlierRoot == laterRoot;
        if (earlier == 0)
            return path.Count == 0;

        // 1, 2
        if (path.Count == 0)
            return false;
        IReadOnlyList<TreeHash> hashes = long.IsPow2(earlier) ? [earlierRoot, .. path] : path;

        // 3, 4
        var (fn, sn) = (earlier - 1, later - 1);
        for (; (fn & 1) == 1; sn >>= 1)
            fn >>= 1;

        // 5
        var (fr, sr) = (hashes[0], hashes[0]);

        // 6
        foreach (var c in hashes.Skip(1))
        {
            if (sn == 0)
                return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (TreeHash.OfPair(c, fr), TreeHash.OfPair(c, sr));
                for (; (fn & 1) == 0 && fn != 0; sn >>= 1)
                    fn >>= 1;
            }
            else
            {
                sr = TreeHash.OfPair(sr, c);
            }

            fn >>= 1;
            sn >>= 1;
        }

        // 7
        return sn == 0 && fr == earlierRoot && sr == laterRoot;
    }
}
