using System.Text.RegularExpressions;

namespace AuthService.SystemTests.Harness;

/// <summary>The commands in a document, word for word: its ```bash blocks between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>.</summary>
internal static partial class ShellBlocks
{
    public static async Task<IReadOnlyList<string>> ReadAsync(string document, string name)
    {
        var text = await File.ReadAllTextAsync(Repository.PathOf(document));
        var (begin, end) = (text.IndexOf($"<!-- {name} -->", StringComparison.Ordinal), text.IndexOf($"<!-- /{name} -->", StringComparison.Ordinal));
        begin.ShouldBeGreaterThanOrEqualTo(0, $"{document} marks no {name}");
        end.ShouldBeGreaterThan(begin, $"{document} does not end {name}");
        return [.. Block().Matches(text[begin..end]).Select(block => block.Groups["shell"].Value)];
    }

    [GeneratedRegex(
        "^```bash\n(?<shell>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
