using AuthService.LoadTest.Statistics;

namespace AuthService.LoadTest.Growth;

/// <summary>What was measured with so many accounts.</summary>
/// <param name="Accounts">That there are.</param>
/// <param name="Bytes">Of all databases and logs on disk.</param>
/// <param name="Tables">Bytes of each table with its indexes, where the store tells.</param>
internal sealed record Step(long Accounts, long Bytes, IReadOnlyList<(string Table, long Bytes)> Tables)
{
    /// <summary>The statements of logins and refreshes that took longest altogether.</summary>
    public IReadOnlyList<(string Statement, long Calls, double Each)> Slowest { get; set; } = [];

    /// <summary>One durable row, beside each login: how fast the machine's disk is at that moment.</summary>
    public Sample Baseline { get; } = new();

    public Sample Login { get; } = new();

    public Sample Refresh { get; } = new();

    /// <summary>Of a token that this process has not seen, whose session has to be read.</summary>
    public Sample FirstValidation { get; } = new();

    public Sample Validation { get; } = new();

}

/// <summary>Times of one kind of call, in milliseconds.</summary>
internal sealed class Sample
{
    private readonly List<double> _whole = [];
    private readonly List<double> _store = [];

    public void Add(TimeSpan whole, TimeSpan store)
    {
        _whole.Add(whole.TotalMilliseconds);
        _store.Add(store.TotalMilliseconds);
    }

    public double Whole(double share) => Quantile.Of(_whole, share);

    public double Store(double share) => Quantile.Of(_store, share);
}
