namespace AuthService.Ecv.Signals;

/// <summary>Parses raw signals into canonical ones; all violations are told at once.</summary>
public static class SignalParser
{
    /// <summary>The most platform accounts.</summary>
    public const int MaxPlatformAccounts = 16;

    private const int MaxHashCharacters = 128;

    /// <returns>Whether there was no violation.</returns>
    public static bool TryParse(RawSignals raw, out CanonicalSignals signals, out IReadOnlyList<SignalViolation> violations)
    {
        var fields = new FieldReader();
        var parsed = CanonicalSignals.Empty;
        if (raw.Device is { } device)
            parsed = DeviceSignalParser.Parse(device, parsed, fields);
        if (raw.Wifi is { } wifi)
            parsed = WifiSignalParser.Parse(wifi, parsed, fields);
        if (raw.Location is { } location)
            parsed = LocationSignalParser.Parse(location, parsed, fields);
        if (raw.PlatformAccountHashes.Count > 0)
            parsed = ParseAccounts(raw.PlatformAccountHashes, parsed, fields);

        violations = fields.Violations;
        var clean = violations.Count == 0;
        signals = clean ? parsed : CanonicalSignals.Empty;
        return clean;
    }

    private static CanonicalSignals ParseAccounts(IReadOnlyList<string> hashes, CanonicalSignals signals, FieldReader fields)
    {
        if (hashes.Count > MaxPlatformAccounts)
        {
            fields.Refuse("account.platform_account_hashes", "has more than 16 elements");
            return signals;
        }

        var accounts = new SortedSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < hashes.Count; index++)
        {
            if (fields.Text($"account.platform_account_hashes[{index}]", hashes[index], MaxHashCharacters) is { } hash)
                accounts.Add(hash);
        }

        return signals with { PlatformAccounts = [.. accounts] };
    }
}
