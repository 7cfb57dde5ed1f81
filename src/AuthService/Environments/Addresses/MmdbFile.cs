using System.Net;
using System.Net.Sockets;
using MaxMind.Db;

namespace AuthService.Environments.Addresses;

/// <summary>One MMDB file (MaxMind DB File Format 2.0), held in memory.</summary>
/// <remarks>
/// In memory, not mapped: a mapped file that somebody overwrites in place ends the process (SIGBUS). That memory is not the garbage
/// collector's, and the library gives it back under the feet of whoever still reads; so lookups are counted, and the last one out
/// gives it back.
/// </remarks>
internal sealed class MmdbFile
{
    private const long MaxBytes = 1L << 30;

    private readonly Reader _reader;

    // Lookups under way, and one for being in use at all. At 0 the reader is gone.
    private int _holders = 1;

    private MmdbFile(Reader reader) => _reader = reader;

    /// <summary>When its maker made it.</summary>
    public DateTimeOffset BuiltAt => new(DateTime.SpecifyKind(_reader.Metadata.BuildDate, DateTimeKind.Utc));

    public static SourceReading<MmdbFile> Read(string path)
    {
        MmdbFile? file = null;
        try
        {
            var onDisk = new FileInfo(path);
            if (!onDisk.Exists)
                return SourceReading<MmdbFile>.Wrong($"{path} is not there.");
            if (onDisk.Length > MaxBytes)
                return SourceReading<MmdbFile>.Wrong($"{path} is larger than {MaxBytes >> 20} MiB.");

            file = new MmdbFile(new Reader(path, FileAccessMode.Memory));
            foreach (var address in SampleAddresses.All)
                file.Find(address);
            return SourceReading<MmdbFile>.Of(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return SourceReading<MmdbFile>.Wrong($"{path} cannot be read: {fault.Message}");
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Not only InvalidDatabaseException: a broken file breaks the library in various ways.
            file?.Retire();
            return SourceReading<MmdbFile>.Wrong($"{path} is no sound MMDB file: {fault.Message}");
        }
    }

    /// <returns>False if it was retired: then there is a newer one.</returns>
    public bool TryFind(IPAddress address, out AddressFacts facts)
    {
        facts = AddressFacts.None;
        if (!TryHold())
            return false;

        try
        {
            facts = Find(address);
            return true;
        }
        finally
        {
            Release();
        }
    }

    /// <summary>Its place is taken. To be called once.</summary>
    public void Retire() => Release();

    private void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            _reader.Dispose();
    }

    private AddressFacts Find(IPAddress address)
    {
        // The library walks an IPv4 tree with IPv6's first bits, and answers with somebody's.
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && _reader.Metadata.IPVersion == 4)
            return AddressFacts.None;
        return _reader.Find<Dictionary<string, object>>(address) is { } record ? MmdbRecord.Read(record) : AddressFacts.None;
    }

    private bool TryHold()
    {
        while (true)
        {
            var holders = Volatile.Read(ref _holders);
            if (holders == 0)
                return false;
            if (Interlocked.CompareExchange(ref _holders, holders + 1, holders) == holders)
                return true;
        }
    }
}
