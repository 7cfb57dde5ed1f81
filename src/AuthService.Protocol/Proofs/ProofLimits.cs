namespace AuthService.Protocol.Proofs;

/// <summary>Lengths that hold for every proof, in bytes.</summary>
public static class ProofLimits
{
    /// <summary>SHA-256, wherever a proof carries or signs one.</summary>
    public const int Hash = 32;

    /// <summary>r ‖ s, each 32 bytes, big-endian.</summary>
    public const int Signature = 64;

    public const int MaxChallenge = 256;

    /// <summary>128 bits: enough that no two apps ever draw the same.</summary>
    public const int MinJti = 16;

    public const int MaxJti = 32;

    /// <summary>Characters, all of them printable ASCII.</summary>
    public const int MaxDeviceId = 64;

    /// <summary>Of the audience, in UTF-8.</summary>
    public const int MaxAudience = 256;

    /// <summary>Of one serialised <c>DeviceProof</c>.</summary>
    public const int MaxEncoded = 1024;

    /// <summary>Proofs in one call: only BindDevice has two, by the new key and by an old one.</summary>
    public const int MaxPerCall = 2;
}
