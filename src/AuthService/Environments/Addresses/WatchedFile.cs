namespace AuthService.Environments.Addresses;

internal enum Refreshed
{
    Unchanged,
    Replaced,

    /// <summary>What is there now cannot be used; what was read before stays.</summary>
    Refused,
}

/// <summary>A file that operators may replace at any time, and the last of its contents that could be used.</summary>
/// <remarks>Readers never wait: a new content takes the place of the old one in a single write. Only one caller may refresh at a time.</remarks>
internal sealed class WatchedFile<T>
    where T : class
{
    private readonly Func<string, SourceReading<T>> _read;
    private volatile T _current;
    private Stamp _tried;

    /// <exception cref="InvalidOperationException">It cannot be used; options are checked before, so somebody was faster.</exception>
    public WatchedFile(string path, Func<string, SourceReading<T>> read)
    {
        (Path, _read, _tried) = (path, read, Stamp.Of(path));
        var reading = read(path);
        _current = reading.Value ?? throw new InvalidOperationException(string.Join(" ", reading.Problems));
    }

    public string Path { get; }

    /// <summary>For logs and metrics.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    public T Current => _current;

    /// <summary>Whether what is on disk is what is in use.</summary>
    public bool IsUpToDate { get; private set; } = true;

    /// <param name="replaced">What was in use until now, if that changed.</param>
    /// <param name="problems">Why what is on disk cannot be used.</param>
    public Refreshed Refresh(out T? replaced, out IReadOnlyList<string> problems)
    {
        (replaced, problems) = (null, []);

        // The stamp is older than the reading: a file that is being written meanwhile is read again.
        var stamp = Stamp.Of(Path);
        if (stamp == _tried)
            return Refreshed.Unchanged;

        _tried = stamp;
        (var value, problems) = _read(Path);
        IsUpToDate = value is not null;
        if (value is null)
            return Refreshed.Refused;
        replaced = _current;
        _current = value;
        return Refreshed.Replaced;
    }

    /// <summary>By what a file is recognised without reading it.</summary>
    private readonly record struct Stamp(DateTime WrittenAt, long Length)
    {
        public static Stamp Of(string path)
        {
            var file = new FileInfo(path);
            return file.Exists ? new Stamp(file.LastWriteTimeUtc, file.Length) : default;
        }
    }
}
