namespace AuthService.Security.Passwords;

/// <summary>The text files that lie beside the code of this folder and are built into it.</summary>
internal static class EmbeddedText
{
    /// <summary>The lines of a file, without comments.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(typeof(EmbeddedText), name)
            ?? throw new InvalidOperationException($"{name} is not built in.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
                yield return line;
        }
    }
}
