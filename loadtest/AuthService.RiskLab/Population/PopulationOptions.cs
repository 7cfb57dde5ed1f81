namespace AuthService.RiskLab.Population;

/// <summary>How large the population is and how it lives. The shares are what the sensitivity study moves.</summary>
internal sealed record PopulationOptions
{
    /// <summary>Printed with every table: the same seed gives the same one.</summary>
    public ulong Seed { get; init; } = 20260203;

    /// <summary>People whose logins follow the RBA data set: half of them log in twice and never again.</summary>
    public int Crowd { get; init; } = 12_000;

    /// <summary>People with long histories, without whom nobody could be measured at 12 or 39 logins.</summary>
    public int Panel { get; init; } = 1_500;

    public int Days { get; init; } = 365;

    /// <summary>When the data set begins.</summary>
    public DateTimeOffset Start { get; init; } = new(2020, 2, 3, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Of the people whose app keeps a device key.</summary>
    public double Keys { get; init; } = 1;

    /// <summary>Of the people who use a VPN, most of the time or now and then.</summary>
    public double Vpn { get; init; } = 0.06;

    /// <summary>Of a phone's logins that go over mobile data although its owner sits somewhere with Wi-Fi.</summary>
    public double Mobile { get; init; } = 0.2;

    /// <summary>A year and person.</summary>
    public double Trips { get; init; } = 2;

    /// <summary>Of the honest who pass a step-up when asked for one.</summary>
    public double PassesStepUp { get; init; } = 0.97;

    /// <summary>How often an attacker who has to guess guesses right; 1 is as often as the market shares say.</summary>
    public double AttackerLuck { get; init; } = 1;
}
