using System.Net;
using AuthService.Ecv.Signals;
using Microsoft.Extensions.Options;

namespace AuthService.Environments.Addresses;

/// <summary>Tells what the operator's files know of an address. Thread-safe; a lookup takes no lock and touches no disk.</summary>
public sealed class AddressSources : IDisposable
{
    private readonly WatchedFile<MmdbFile>[] _databases;
    private readonly WatchedFile<PrefixClasses>? _prefixes;
    private readonly AddressSourceMetrics _metrics;
    private readonly ILogger<AddressSources> _log;
    private readonly Lock _refreshing = new();

    public AddressSources(IOptions<AddressSourceOptions> options, AddressSourceMetrics metrics, ILogger<AddressSources> log)
    {
        (_metrics, _log) = (metrics, log);
        _databases = [.. options.Value.MmdbFiles.Select(path => new WatchedFile<MmdbFile>(path, MmdbFile.Read))];
        if (options.Value.PrefixFile is { Length: > 0 } path)
            _prefixes = new WatchedFile<PrefixClasses>(path, PrefixFile.Read);
        metrics.Observe(this);
    }

    /// <summary>The files in use.</summary>
    internal IReadOnlyList<AddressSourceState> States =>
    [
        .. _databases.Select(file => new AddressSourceState(file.Name, IsList: false, file.Current.BuiltAt, file.IsUpToDate)),
        .. _prefixes is { } list ? (AddressSourceState[])[new(list.Name, IsList: true, list.Current.WrittenAt, list.IsUpToDate)] : [],
    ];

    /// <param name="address">An IPv4 address as such, not inside IPv6.</param>
    internal AddressFacts Find(IPAddress address)
    {
        var facts = AddressFacts.None;
        foreach (var database in _databases)
            facts = facts.And(FindIn(database, address));

        var told = _prefixes?.Current.Of(address) ?? NetworkClass.Unknown;
        if (told == NetworkClass.Unknown)
            told = PrefixClasses.BuiltIn.Of(address);
        if (told != NetworkClass.Unknown)
            facts = facts with { Class = told };
        if (_databases.Length > 0)
            _metrics.LookedUp(facts.Country is not null);
        return facts;
    }

    /// <summary>Takes up the files that changed. One that cannot be used changes nothing.</summary>
    internal void Refresh()
    {
        lock (_refreshing)
        {
            foreach (var file in _databases)
                Refresh(file)?.Retire();
            if (_prefixes is not null)
                Refresh(_prefixes);
        }
    }

    public void Dispose()
    {
        lock (_refreshing)
        {
            foreach (var file in _databases)
                file.Current.Retire();
        }
    }

    private AddressFacts FindIn(WatchedFile<MmdbFile> database, IPAddress address)
    {
        var file = database.Current;
        try
        {
            AddressFacts facts;
            while (!file.TryFind(address, out facts))
            {
                // It was replaced between two lines of this code. Without a successor the service has stopped.
                var newer = database.Current;
                if (ReferenceEquals(newer, file))
                    return AddressFacts.None;
                file = newer;
            }

            return facts;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A record that cannot be read is one that says nothing: nobody's login is to fail by it.
            _metrics.Broken();
            return AddressFacts.None;
        }
    }

    private T? Refresh<T>(WatchedFile<T> file)
        where T : class
    {
        switch (file.Refresh(out var replaced, out var problems))
        {
            case Refreshed.Replaced:
                _metrics.Reloaded(replaced: true);
                _log.SourceReplaced(file.Name);
                break;
            case Refreshed.Refused:
                _metrics.Reloaded(replaced: false);
                _log.SourceRefused(file.Name, string.Join(" ", problems));
                break;
        }

        return replaced;
    }
}
