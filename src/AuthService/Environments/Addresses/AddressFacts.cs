using AuthService.Ecv.Places;
using AuthService.Ecv.Signals;

namespace AuthService.Environments.Addresses;

/// <summary>What is known of an address. Null, or <see cref="NetworkClass.Unknown"/>, where no source tells.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, upper case.</param>
/// <param name="Asn">Autonomous system number.</param>
/// <param name="Class">What kind of network.</param>
/// <param name="Fix">Where, with the radius that the source is sure of.</param>
internal readonly record struct AddressFacts(string? Country, uint? Asn, NetworkClass Class, GeoFix? Fix)
{
    /// <summary>Nothing.</summary>
    public static AddressFacts None => default;

    /// <summary>With what another source adds. Of classes not the first one counts, but the one that tells more.</summary>
    public AddressFacts And(AddressFacts other) =>
        new(Country ?? other.Country, Asn ?? other.Asn, MoreTelling(Class, other.Class), Fix ?? other.Fix);

    /// <summary>
    /// Sources look at different sides of an address: that it is a cable's, and that somebody runs an exit for strangers on it. What
    /// says that the person may be elsewhere goes first, then what says that many share it.
    /// </summary>
    public static NetworkClass MoreTelling(NetworkClass one, NetworkClass other) => Rank(other) > Rank(one) ? other : one;

    private static int Rank(NetworkClass network) => network switch
    {
        NetworkClass.Relay => 7,
        NetworkClass.Vpn => 6,
        NetworkClass.Hosting => 5,
        NetworkClass.Satellite => 4,
        NetworkClass.CarrierGradeNat => 3,
        NetworkClass.Mobile => 2,
        NetworkClass.Fixed => 1,
        _ => 0,
    };
}
