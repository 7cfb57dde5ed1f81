namespace AuthService.LoadTest.Baselines;

/// <summary>
/// The least that a login by password can cost whose session outlives a power cut: a hash, as many at once as there are cores, and one flush to
/// the disk. No look-up, no risk, no limit, no token, no log.
/// </summary>
/// <param name="path">A file that is overwritten.</param>
internal sealed class LeastLogin(string path) : IDisposable
{
    public const string Description = "the least: a bare server that hashes and flushes once";

    private readonly byte[] _page = new byte[4096];
    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount);
    private readonly Action _hash = HashRate.Hasher();
    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);

    public async Task RunAsync()
    {
        await _cores.WaitAsync();
        try
        {
            await Task.Run(_hash);
        }
        finally
        {
            _cores.Release();
        }

        RandomAccess.Write(_file.SafeFileHandle, _page, fileOffset: 0);
        RandomAccess.FlushToDisk(_file.SafeFileHandle);
    }

    public void Dispose()
    {
        _file.Dispose();
        _cores.Dispose();
    }
}
