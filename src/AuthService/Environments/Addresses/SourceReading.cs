namespace AuthService.Environments.Addresses;

/// <summary>What reading a file gave: its content, or, in words, everything that is wrong with it.</summary>
internal readonly record struct SourceReading<T>(T? Value, IReadOnlyList<string> Problems)
    where T : class
{
    public static SourceReading<T> Of(T value) => new(value, []);

    public static SourceReading<T> Wrong(params IReadOnlyList<string> problems) => new(null, problems);
}
