namespace AuthService.Ecv.Signals;

/// <summary>Which kinds of signal a person has agreed to. A signal that is not covered is dropped before it is tokenised.</summary>
[Flags]
public enum SignalConsents
{
    /// <summary>Only what the login's own security needs: the observed connection, the time, and the language.</summary>
    None = 0,

    /// <summary><c>device.*</c> and <c>account.company</c>.</summary>
    DeviceIdentification = 1,

    /// <summary><c>wifi.*</c>.</summary>
    WifiEnvironment = 2,

    /// <summary><c>place.*</c>.</summary>
    Location = 4,

    All = DeviceIdentification | WifiEnvironment | Location,
}
