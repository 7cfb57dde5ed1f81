using AuthService.Ecv.Tokens;
using AuthService.Ecv.Values;
using AuthService.Security.Keys;

namespace AuthService.Risk;

/// <summary>
/// Surroundings that wait for a step-up, or for a contact to be verified, before they may be learned: an <c>ecv1.</c> value, so
/// tokens only, sealed under the account's data key all the same.
/// </summary>
public sealed class KeptEnvironments(Keyring keyring)
{
    private const string Field = "kept_environment";

    public byte[] Seal(AccountKeys keys, TokenizedEnvironment environment)
    {
        using var key = new EcvKey(keys.EcvKey);
        var mac = keyring.Current(KeyUse.EcvMac);
        var value = EcvValue.Encode(environment, AccountBinding.Derive(key, keys.Account.Value), mac.Id.Value, mac.Material);
        return Sealing.Seal(keys, Field, value);
    }

    public TokenizedEnvironment Open(AccountKeys keys, byte[] box)
    {
        using var key = new EcvKey(keys.EcvKey);
        return Sealing.TryOpenText(keys, Field, box, out var text)
            && EcvValue.TryDecode(
                text, AccountBinding.Derive(key, keys.Account.Value), MacKeyOf, out var environment, out _)
            ? environment
            : throw new InvalidOperationException("A kept environment does not open.");
    }

    internal byte[]? MacKeyOf(string id) =>
        KeyId.TryParse(id, out var keyId) && keyring.TryGet(KeyUse.EcvMac, keyId, out var key) ? key.Material.ToArray() : null;
}
