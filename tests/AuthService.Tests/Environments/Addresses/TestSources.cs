using System.Diagnostics.Metrics;
using System.Net;
using AuthService.Environments.Addresses;
using AuthService.Tests.Security.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AuthService.Tests.Environments.Addresses;

/// <summary>Files in a folder of their own, what reads them, and what looks after them.</summary>
internal sealed class TestSources : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<string> _databases = [];
    private AddressSourceWatch? _watch;
    private int _written;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public AddressSources Sources { get; private set; } = null!;

    public string Path(string name) => _folder.File(name);

    /// <summary>Writes an MMDB file, and names it in the options if that is the first time.</summary>
    public TestSources With(string name, MmdbWriter file)
    {
        Write(name, file.ToBytes());
        if (!_databases.Contains(Path(name)))
            _databases.Add(Path(name));
        return this;
    }

    /// <summary>The options, to start with or to validate.</summary>
    public AddressSourceOptions Options(string? prefixes = null) => new() { MmdbFiles = _databases, PrefixFile = prefixes is null ? null : Path(prefixes) };

    public async Task<TestSources> StartAsync(string? prefixes = null)
    {
        Sources = new AddressSources(
            Microsoft.Extensions.Options.Options.Create(Options(prefixes)), new AddressSourceMetrics(Meters, Clock), NullLogger<AddressSources>.Instance);
        _watch = new AddressSourceWatch(Sources, Clock);
        await _watch.StartAsync(CancellationToken.None);
        return this;
    }

    /// <summary>Replaces a file. Its date is another one each time, however fast the disk.</summary>
    public void Write(string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(Path(name), bytes);
        File.SetLastWriteTimeUtc(Path(name), Clock.GetUtcNow().UtcDateTime + TimeSpan.FromSeconds(++_written));
    }

    public void Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public void Delete(string name) => File.Delete(Path(name));

    /// <summary>Lets the half minute pass in which changes are noticed: the timer's work is done when this returns.</summary>
    public void LetThemNotice() => Clock.Advance(AddressSourceWatch.Period);

    public AddressFacts Find(string address) => Sources.Find(IPAddress.Parse(address));

    public async ValueTask DisposeAsync()
    {
        if (_watch is not null)
            await _watch.StopAsync(CancellationToken.None);
        _watch?.Dispose();
        Sources?.Dispose();
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
