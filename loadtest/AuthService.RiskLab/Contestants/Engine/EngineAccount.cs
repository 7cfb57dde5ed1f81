using AuthService.Ecv.Places;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Security.Trust;

namespace AuthService.RiskLab.Contestants.Engine;

/// <summary>What a server keeps of one account: profile, keys, remembered devices. Compact, since there may be a million.</summary>
internal sealed class EngineAccount(int number)
{
    private Dictionary<string, DateTimeOffset>? _keys;
    private HashSet<string>? _tokens;

    /// <summary>Tells accounts apart where only that matters.</summary>
    public int Number => number;

    public Profile Profile { get; set; } = Profile.Empty;

    /// <summary>Where its devices last were, for two days.</summary>
    public Whereabouts Whereabouts { get; set; } = Whereabouts.Unknown;

    public bool IsSignedUp { get; set; }

    public ProofState ProofBy(string? key, DateTimeOffset now) => key is not null && _keys is not null && _keys.TryGetValue(key, out var trustedFrom)
        ? trustedFrom > now ? ProofState.OnProbation : ProofState.Valid
        : ProofState.None;

    public bool HasAnyKey => _keys is { Count: > 0 };

    public bool HasKey(string key) => _keys?.ContainsKey(key) == true;

    public bool Remembers(string? thing) => thing is not null && _tokens?.Contains(thing) == true;

    public void Remember(string thing) => (_tokens ??= new HashSet<string>(StringComparer.Ordinal)).Add(thing);

    /// <summary>By the server's own rule: the first is trusted at once, another waits unless one that is trusted vouches for it.</summary>
    public void Bind(string key, bool isCountersigned, DateTimeOffset now, TimeSpan probation)
    {
        var vouched = isCountersigned && _keys?.Values.Any(trustedFrom => trustedFrom <= now) == true;
        _keys ??= new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        _keys.TryAdd(key, new Newcomer(_keys.Count > 0, vouched, null, null).TrustedFrom(now, probation));
    }
}
