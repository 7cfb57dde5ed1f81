using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Places;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using AuthService.Ecv.Values;

namespace AuthService.Benchmarks;

/// <summary>The very messages whose HMACs an environment's tokens are, put together without the engine's tokeniser.</summary>
internal static class TokenMessages
{
    private const int MaskLevel = 255;

    public static IReadOnlyList<byte[]> Of(CanonicalSignals signals, ConnectionObservation seen)
    {
        var fix = signals.Fix!;
        (CharacteristicKind Kind, int Level, string Value)[] values =
        [
            (CharacteristicKind.DeviceHardware, 0, signals.HardwareId!),
            (CharacteristicKind.DeviceBoard, 0, signals.BoardId!),
            (CharacteristicKind.DeviceName, 0, signals.DeviceName!),
            (CharacteristicKind.DeviceMac, 0, signals.Mac.ToString()!),
            (CharacteristicKind.DeviceModel, 0, signals.Manufacturer!),
            (CharacteristicKind.DeviceModel, 1, $"{signals.Manufacturer}\0{signals.Model}"),
            (CharacteristicKind.DeviceOs, 0, signals.OsName!),
            (CharacteristicKind.DeviceOs, 1, $"{signals.OsName}\0{signals.OsVersion!.Major}"),
            (CharacteristicKind.DeviceOs, 2, $"{signals.OsName}\0{signals.OsVersion!.Text}"),
            (CharacteristicKind.DeviceOs, MaskLevel, signals.OsName!),
            (CharacteristicKind.WifiNetwork, 0, signals.Ssid!),
            (CharacteristicKind.WifiNetwork, 1, signals.Bssid.ToString()!),
            .. signals.Scene.Select(point => (CharacteristicKind.WifiScene, 0, point.Bssid.ToString())),
            (CharacteristicKind.PlaceRegion, 0, signals.CountryCode!),
            (CharacteristicKind.PlaceRegion, 1, $"{signals.CountryCode}\0{signals.CityCode}"),
            (CharacteristicKind.PlaceCell, 0, signals.Operator!),
            (CharacteristicKind.PlaceCell, 1, $"{signals.Operator}\0{signals.CellId}"),
            .. Enumerable.Range(0, fix.Levels).SelectMany(level => CellsAround(fix, level)),
            .. signals.PlatformAccounts.Select(account => (CharacteristicKind.AccountCompany, 0, account)),
            (CharacteristicKind.Language, 0, signals.Language!),
            (CharacteristicKind.NetworkOrigin, 0, seen.Country!),
            (CharacteristicKind.NetworkOrigin, 1, $"{seen.Country}\0{seen.Asn}"),
            (CharacteristicKind.NetworkOrigin, 2, "\u0004" + Encoding.Latin1.GetString(seen.Peer!.GetAddressBytes()[..3])),
            .. Enumerable.Range(3, 3).Select(doubling => (CharacteristicKind.ConnectionDelay, 0, $"{doubling}")),
            (CharacteristicKind.TimeHabit, 0, string.Create(CultureInfo.InvariantCulture, $"weekday/{seen.Time!.Value.Hour / 4}")),
        ];
        return [.. values.Select(value => Message(value.Kind, value.Level, value.Value))];
    }

    /// <summary>Throws unless these messages' HMACs are exactly the tokens of the environment: no more of them, and no fewer.</summary>
    public static void MustBeThoseOf(TokenizedEnvironment environment, IReadOnlyList<byte[]> messages, byte[] key)
    {
        var computed = messages.Select(message => Token.Read(HMACSHA256.HashData(key, message))).ToHashSet();
        var halves = computed.Select(token => (ulong)(token.Value >> 64)).ToHashSet();
        var cells = environment.Neighbourhood!.Levels.Concat(environment.DelayNeighbourhood!.Levels).SelectMany(level => level.Neighbours).Select(cell => cell.Token);
        var tokens = environment.CopyTokens().Where(token => token.IsPresent).Concat(cells).ToHashSet();
        var members = environment.CopySets().SelectMany(set => set).Select(member => member.Token).ToHashSet();

        // One message masks the version and is no token.
        if (!tokens.All(computed.Contains) || !members.All(halves.Contains) || tokens.Count + members.Count + 1 != messages.Count)
            throw new InvalidOperationException("The bare run hashes other messages than the tokeniser.");
    }

    /// <summary>What ties a value to its account.</summary>
    public static byte[] BindingOf(string account) => Message(CharacteristicKind.None, 0, account);

    /// <summary>What a value's MAC is over.</summary>
    public static byte[] SignedPartOf(string ecv)
    {
        var bytes = Base64Url.DecodeFromChars(ecv.AsSpan(EcvValue.Prefix.Length));
        return [.. "authservice/ecv/value/1"u8, .. bytes.AsSpan(..^HMACSHA256.HashSizeInBytes)];
    }

    private static IEnumerable<(CharacteristicKind, int, string)> CellsAround(GeoFix fix, int level) =>
        from east in Enumerable.Range(-1, 3)
        from north in Enumerable.Range(-1, 3)
        select (CharacteristicKind.PlaceGeo, level, NameOf(Geohash.Locate(fix, level).Cell.Beside(east, north)!.Value));

    private static string NameOf(GridCell cell) => Encoding.ASCII.GetString(Geohash.Encode(cell, stackalloc byte[Geohash.MaxLength]));

    private static byte[] Message(CharacteristicKind kind, int level, string value)
    {
        var bytes = kind == CharacteristicKind.NetworkOrigin && level == 2 ? Encoding.Latin1.GetBytes(value) : Encoding.UTF8.GetBytes(value);
        var message = new byte[23 + bytes.Length];
        "authservice/ecv/1"u8.CopyTo(message);
        (message[17], message[18]) = ((byte)kind, (byte)level);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(19), bytes.Length);
        bytes.CopyTo(message, 23);
        return message;
    }
}
