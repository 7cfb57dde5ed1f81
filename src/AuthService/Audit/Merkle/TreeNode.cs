namespace AuthService.Audit.Merkle;

/// <summary>A node that never changes again: 2^<paramref name="Level"/> leaves, from leaf <paramref name="Index"/> · 2^<paramref name="Level"/> on.</summary>
/// <param name="Level">0 are the leaves.</param>
/// <param name="Index">Among the nodes of its level, from the left.</param>
public readonly record struct TreeNode(int Level, long Index);
