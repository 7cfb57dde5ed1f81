using AuthService.Ecv.Places;
using AuthService.Ecv.Tokens;
using AuthService.Ecv.Values;
using AuthService.Security.Keys;

namespace AuthService.Risk;

/// <summary>
/// Surroundings that wait for a step-up, or for a contact to be verified, before they may be learned: an <c>ecv1.</c> value, a
/// coarse cell and what the statistics count, sealed under the account's data key.
/// </summary>
public sealed class KeptEnvironments(Keyring keyring)
{
    private const string Field = "kept_environment";

    public byte[] Seal(AccountKeys keys, ShownSurroundings surroundings)
    {
        using var key = new EcvKey(keys.EcvKey);
        var mac = keyring.Current(KeyUse.EcvMac);
        var value = EcvValue.Encode(surroundings.Environment, AccountBinding.Derive(key, keys.Account.Value), mac.Id.Value, mac.Material);
        return Sealing.Seal(keys, Field, string.Join(
            '\n', value, Convert.ToBase64String(surroundings.Sighting.Write()), Convert.ToBase64String(surroundings.WritePopulation())));
    }

    public ShownSurroundings Open(AccountKeys keys, byte[] box)
    {
        using var key = new EcvKey(keys.EcvKey);
        return Sealing.TryOpenText(keys, Field, box, out var text)
            && text.Split('\n') is [var value, var sighting, var population]
            && EcvValue.TryDecode(
                value, AccountBinding.Derive(key, keys.Account.Value), MacKeyOf, out var environment, out _)
            ? new ShownSurroundings(
                environment, Whereabouts.Read(Convert.FromBase64String(sighting)),
                ShownSurroundings.ReadPopulation(Convert.FromBase64String(population)))
            : throw new InvalidOperationException("A kept environment does not open.");
    }

    internal byte[]? MacKeyOf(string id) =>
        KeyId.TryParse(id, out var keyId) && keyring.TryGet(KeyUse.EcvMac, keyId, out var key) ? key.Material.ToArray() : null;
}
