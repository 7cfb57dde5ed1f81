using System.Diagnostics;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Tests.Administration;

/// <summary>Rotates keys, as an operator would.</summary>
internal static class KeyRotations
{
    public static readonly TimeSpan Lead = TimeSpan.FromSeconds(5);

    public static readonly KeyringUse[] Kinds = [KeyringUse.Signing, KeyringUse.KeyEncryption, KeyringUse.Pepper, KeyringUse.BlindIndex];

    public static async Task<KeyringKey> RotateAsync(this TestService service, KeyringUse use, TimeSpan? lead = null, string requestId = "")
    {
        var request = new RotateKeysRequest
        {
            RequestId = requestId, Use = use, Lead = Duration.FromTimeSpan(lead ?? Lead), Reason = "A test wants it so.",
        };
        return (await service.Admin.RotateKeysAsync(request, service.AsAdmin)).Key;
    }

    public static async Task<KeyringKey> ReplaceCompromisedAsync(this TestService service, KeyringUse use, string requestId = "")
    {
        var request = new RotateKeysRequest { RequestId = requestId, Use = use, Compromised = true, Reason = "It was on a stolen disk." };
        return (await service.Admin.RotateKeysAsync(request, service.AsAdmin)).Key;
    }

    /// <summary>The keys of a use, the newest first.</summary>
    public static async Task<IReadOnlyList<KeyringKey>> KeysAsync(this TestService service, KeyringUse use) =>
        [.. (await service.Admin.ListKeysAsync(new ListKeysRequest(), service.AsAdmin)).Keys.Where(key => key.Use == use)];

    /// <summary>The same, once they are as they should be: what moves does so in the background, each second or few of the service's time.</summary>
    public static async Task<IReadOnlyList<KeyringKey>> KeysOnceAsync(
        this TestService service, KeyringUse use, Func<IReadOnlyList<KeyringKey>, bool> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var keys = await service.KeysAsync(use);
            if (condition(keys))
                return keys;
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromMinutes(1), string.Join(" ", keys));
            service.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
