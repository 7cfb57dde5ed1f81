namespace AuthService.Environments.Addresses;

/// <summary>What tells country, operator and class of an address. Section <c>AddressSources</c>.</summary>
/// <remarks>Nothing is shipped, and nothing is fetched: operators bring files under licences of their own, and keep them fresh.</remarks>
public sealed class AddressSourceOptions
{
    /// <summary>
    /// MMDB files. Default none: then nothing is known of an address but its network. Where several tell the same, the one that
    /// stands first is believed.
    /// </summary>
    public IList<string> MmdbFiles { get; set; } = [];

    /// <summary>A text file of networks and their classes, which goes before what the MMDB files say of a class. Default none.</summary>
    public string? PrefixFile { get; set; }
}
