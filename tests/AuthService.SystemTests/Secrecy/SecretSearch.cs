using System.Text;

namespace AuthService.SystemTests.Secrecy;

/// <summary>A place that was searched.</summary>
/// <param name="Name">A file, or what stands for one.</param>
/// <param name="Content">Its bytes.</param>
public sealed record Place(string Name, byte[] Content)
{
    public static Place OfText(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Every file below a folder, as it is at this moment, whoever else has it open.</summary>
    public static IReadOnlyList<Place> InFolder(string folder, params IReadOnlyList<string> except) =>
    [
        .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !except.Contains(Path.GetRelativePath(folder, file), StringComparer.Ordinal))
            .Select(file => new Place(Path.GetRelativePath(folder, file), Read(file))),
    ];

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }
}

/// <summary>Looks for secrets in bytes, whatever case their letters have.</summary>
public static class SecretSearch
{
    private const int Excerpt = 40;

    /// <returns>A line for each secret and place where it was found.</returns>
    public static IReadOnlyList<string> Find(IReadOnlyCollection<Secret> secrets, IEnumerable<Place> places) =>
    [
        .. places.AsParallel().SelectMany(place =>
        {
            var lower = Lower(place.Content);
            return secrets.Select(secret => Find(secret, place, lower)).OfType<string>();
        }),
    ];

    private static string? Find(Secret secret, Place place, byte[] lower)
    {
        foreach (var form in secret.Forms)
        {
            var at = IndexOf(place.Content, form, secret.IsDigits);
            if (at < 0)
                at = IndexOf(lower, Lower(form), secret.IsDigits);
            if (at >= 0)
                return $"{secret.Name} in {place.Name} at {at}: …{Around(place.Content, at)}…";
        }

        return null;
    }

    private static int IndexOf(byte[] content, byte[] form, bool alone)
    {
        for (var from = 0; from <= content.Length - form.Length;)
        {
            var found = content.AsSpan(from).IndexOf(form);
            if (found < 0)
                return -1;
            var at = from + found;
            if (!alone || !(ContinuesAt(content, at - 1, -1) || ContinuesAt(content, at + form.Length, 1)))
                return at;
            from = at + 1;
        }

        return -1;
    }

    /// <summary>Whether a number or an id goes on there: with a letter or digit, or with a point and a digit.</summary>
    private static bool ContinuesAt(byte[] content, int at, int step) =>
        IsLetterOrDigit(content, at) || (at >= 0 && at < content.Length && content[at] == '.' && IsLetterOrDigit(content, at + step));

    private static bool IsLetterOrDigit(byte[] content, int at) =>
        at >= 0 && at < content.Length && char.IsAsciiLetterOrDigit((char)content[at]);

    private static byte[] Lower(byte[] bytes) =>
        Array.ConvertAll(bytes, octet => octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet);

    private static string Around(byte[] content, int at)
    {
        var from = Math.Max(0, at - Excerpt);
        var bytes = content[from..Math.Min(content.Length, at + 2 * Excerpt)];
        return string.Concat(bytes.Select(octet => octet is >= 0x20 and < 0x7f ? (char)octet : '·'));
    }
}
