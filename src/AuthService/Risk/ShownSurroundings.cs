using System.Buffers.Binary;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Places;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Tokens;

namespace AuthService.Risk;

/// <summary>What a login showed of its surroundings, and what there is to learn from it if it comes to that. No raw signal is in it.</summary>
/// <param name="Environment">As tokens under the account's key.</param>
/// <param name="Sighting">Where its device is, coarsely; unknown where nothing tells.</param>
/// <param name="Population">What the statistics count, as tokens under the service's key.</param>
public sealed record ShownSurroundings(TokenizedEnvironment Environment, Whereabouts Sighting, IReadOnlyList<PopulationToken> Population)
{
    private static readonly string Place = CharacteristicCatalog.Of(CharacteristicKind.PlaceGeo).Name;

    private const int PopulationSize = 3 + (2 * Token.Size);

    /// <summary>Surroundings of which only the tokens are known.</summary>
    public static ShownSurroundings Of(TokenizedEnvironment environment) => new(environment, Whereabouts.Unknown, []);

    /// <summary>
    /// What of it an allowed login may teach beside the profile: values that the profile knows already, and a sighting only where the
    /// network is known, and the place if one was told. Else who got in with a stolen token would move the owner.
    /// </summary>
    public ShownSurroundings ConfirmedBy(Profile profile)
    {
        var isElsewhere = !profile.Knows(Environment, CharacteristicKind.NetworkOrigin)
            || (Environment.Characteristics.Any(told => told.Kind == Place) && !profile.Knows(Environment, CharacteristicKind.PlaceGeo));
        return this with
        {
            Sighting = isElsewhere ? Whereabouts.Unknown : Sighting,
            Population = [.. Population.Where(value => profile.Knows(Environment, value.Kind))],
        };
    }

    /// <summary>Each value as <c>u8 kind │ i8 level │ i8 parent's level │ 16 token │ 16 parent</c>.</summary>
    internal byte[] WritePopulation()
    {
        var bytes = new byte[Population.Count * PopulationSize];
        for (var index = 0; index < Population.Count; index++)
        {
            var value = Population[index];
            var at = bytes.AsSpan(index * PopulationSize);
            at[0] = (byte)value.Kind;
            at[1] = unchecked((byte)value.Level);
            at[2] = unchecked((byte)value.ParentLevel);
            value.Token.Write(at[3..]);
            value.Parent.Write(at[(3 + Token.Size)..]);
        }

        return bytes;
    }

    internal static IReadOnlyList<PopulationToken> ReadPopulation(ReadOnlySpan<byte> bytes)
    {
        var values = new List<PopulationToken>();
        for (var rest = bytes; rest.Length >= PopulationSize; rest = rest[PopulationSize..])
        {
            values.Add(new PopulationToken(
                (CharacteristicKind)rest[0], unchecked((sbyte)rest[1]), Token.Read(rest[3..]), Token.Read(rest[(3 + Token.Size)..]),
                unchecked((sbyte)rest[2])));
        }

        return values;
    }
}
