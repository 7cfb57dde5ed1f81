namespace AuthService.Storage.Copy;

/// <summary>What a table holds: equal digests are equal rows.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Sha256">Over all of them in the order of their keys, in the form of <see cref="RowDigest"/>. Hexadecimal.</param>
public readonly record struct TableDigest(long Rows, string Sha256);

/// <summary>A table in the source and in the target.</summary>
public sealed record TableComparison(string Schema, string Table, TableDigest Source, TableDigest Target)
{
    public bool IsSame => Source == Target;
}
