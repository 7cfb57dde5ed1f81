using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Tokens;

/// <summary>Drops what a person has not agreed to. Language needs no consent, see design of the consents in docs/ecv.md.</summary>
internal static class Consented
{
    public static CanonicalSignals Of(CanonicalSignals signals, SignalConsents consents)
    {
        if (consents.HasFlag(SignalConsents.All))
            return signals;

        var kept = new CanonicalSignals { Language = signals.Language };
        if (consents.HasFlag(SignalConsents.DeviceIdentification))
        {
            kept = kept with
            {
                HardwareId = signals.HardwareId,
                BoardId = signals.BoardId,
                DeviceName = signals.DeviceName,
                Mac = signals.Mac,
                Manufacturer = signals.Manufacturer,
                Model = signals.Model,
                OsName = signals.OsName,
                OsVersion = signals.OsVersion,
                PlatformAccounts = signals.PlatformAccounts,
            };
        }

        if (consents.HasFlag(SignalConsents.WifiEnvironment))
            kept = kept with { Ssid = signals.Ssid, Bssid = signals.Bssid, Scene = signals.Scene };

        if (consents.HasFlag(SignalConsents.Location))
        {
            kept = kept with
            {
                CountryCode = signals.CountryCode,
                CityCode = signals.CityCode,
                Operator = signals.Operator,
                CellId = signals.CellId,
                Fix = signals.Fix,
            };
        }

        return kept;
    }
}
