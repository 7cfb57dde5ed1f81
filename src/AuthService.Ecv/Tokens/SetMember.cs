namespace AuthService.Ecv.Tokens;

/// <summary>
/// One member of a set: an access point in a scene, or another account on the device. Sets are only compared within one
/// account, so half a token is enough to tell members apart.
/// </summary>
/// <param name="Token">The first 64 bits of the member's token.</param>
/// <param name="Weight">Quantised strength, 1 to 15; 1 where members have none.</param>
internal readonly record struct SetMember(ulong Token, byte Weight)
{
    /// <summary>A set keeps its heaviest members, at most this many.</summary>
    public const int MaxCount = 16;

    /// <summary>Bytes of a member.</summary>
    public const int Size = 9;
}
