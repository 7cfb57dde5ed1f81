using AuthService.Security.Keys;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Enum = System.Enum;

namespace AuthService.Administration;

/// <summary>Keys of the keyring as the contract tells them.</summary>
public static class KeyringMessages
{
    public static KeyringUse ToMessage(this KeyUse use) => use switch
    {
        KeyUse.Signing => KeyringUse.Signing,
        KeyUse.Kek => KeyringUse.KeyEncryption,
        KeyUse.Pepper => KeyringUse.Pepper,
        KeyUse.BlindIndex => KeyringUse.BlindIndex,
        KeyUse.Challenge => KeyringUse.Challenge,
        KeyUse.Refresh => KeyringUse.Refresh,
        KeyUse.Cursor => KeyringUse.Cursor,
        KeyUse.OneTimeCode => KeyringUse.OneTimeCode,
        KeyUse.Messages => KeyringUse.Messages,
        KeyUse.EcvMac => KeyringUse.EcvMac,
        KeyUse.Population => KeyringUse.Population,
        KeyUse.NetworkToken => KeyringUse.NetworkToken,
        KeyUse.Request => KeyringUse.Request,
        KeyUse.Decoy => KeyringUse.Decoy,
        _ => throw new ArgumentOutOfRangeException(nameof(use), use, "A use that the contract does not know."),
    };

    /// <summary>Null for what is no use.</summary>
    public static KeyUse? ToUse(this KeyringUse use) => Enum.GetValues<KeyUse>().Cast<KeyUse?>().FirstOrDefault(known => known!.Value.ToMessage() == use);

    /// <param name="key">One of the keyring's.</param>
    /// <param name="current">The one of its use that makes new values.</param>
    public static KeyringKey ToMessage(this Key key, Key current) => new()
    {
        KeyId = key.Id.Value,
        Use = key.Use.ToMessage(),
        State = StateOf(key, current),
        CreateTime = key.Created.ToTimestamp(),
        ActivateTime = (key.Activates ?? key.Created).ToTimestamp(),
    };

    private static KeyringKeyState StateOf(Key key, Key current) => key switch
    {
        { State: KeyState.Compromised } => KeyringKeyState.Compromised,
        _ when key.Id == current.Id => KeyringKeyState.Current,
        { State: KeyState.Active } when (key.Activates ?? key.Created) > (current.Activates ?? current.Created) => KeyringKeyState.Upcoming,
        _ => KeyringKeyState.Retired,
    };
}
