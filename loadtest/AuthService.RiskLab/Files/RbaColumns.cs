namespace AuthService.RiskLab.Files;

/// <summary>The columns of the RBA data set (Wiefling et al. 2022), as its header names them.</summary>
internal static class RbaColumns
{
    public const string Index = "index";
    public const string Timestamp = "Login Timestamp";
    public const string User = "User ID";
    public const string RoundTrip = "Round-Trip Time [ms]";
    public const string Address = "IP Address";
    public const string Country = "Country";
    public const string Region = "Region";
    public const string City = "City";
    public const string Asn = "ASN";
    public const string Agent = "User Agent String";
    public const string Browser = "Browser Name and Version";
    public const string Os = "OS Name and Version";
    public const string DeviceType = "Device Type";
    public const string Successful = "Login Successful";
    public const string AttackAddress = "Is Attack IP";
    public const string Takeover = "Is Account Takeover";

    public static IReadOnlyList<string> All { get; } =
        [Index, Timestamp, User, RoundTrip, Address, Country, Region, City, Asn, Agent, Browser, Os, DeviceType, Successful, AttackAddress, Takeover];
}
