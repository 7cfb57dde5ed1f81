namespace AuthService.RiskLab.Contestants.Engine;

/// <summary>How many accounts use each /24 or /48, counted exactly up to twenty and no further, as the server does.</summary>
internal sealed class SharedNetworks
{
    private const int Many = 20;
    private readonly Dictionary<ulong, HashSet<int>> _accounts = [];

    /// <summary>This account included.</summary>
    public int CountOn(ulong network, int account)
    {
        var seen = _accounts.GetValueOrDefault(network);
        return seen is null ? 1 : Math.Min(Many, seen.Contains(account) ? seen.Count : seen.Count + 1);
    }

    public void Note(ulong network, int account)
    {
        if (!_accounts.TryGetValue(network, out var seen))
            _accounts[network] = seen = [];
        if (seen.Count < Many)
            seen.Add(account);
    }
}
