using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace AuthService.Security.Passwords;

/// <summary>Unicode normalisation forms C and KC (UAX #15), from the tables of Unicode 16.</summary>
/// <remarks>
/// <see cref="string.Normalize(NormalizationForm)"/> asks ICU, and with <c>InvariantGlobalization</c> returns what is not ASCII
/// unchanged, without a word. A password must be the same on each machine and in each image, so this carries its own tables.
/// They are pinned: characters that Unicode assigns later would normalise otherwise under newer ones.
/// </remarks>
internal static class UnicodeNormalization
{
    // UAX #15 §16, Hangul: syllables are composed by arithmetic.
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Trails = 28, Syllables = Leads * Vowels * Trails;

    private static readonly Lazy<Tables> Unicode = new(Tables.Load);

    /// <summary>Form KC: compatible characters become one, for instance <c>ﬁ</c> and <c>fi</c>. The text must be valid UTF-16.</summary>
    public static string ToNfkc(string text) => Normalize(text, compatible: true);

    /// <summary>Form C: only the same characters become one, for instance <c>é</c> and <c>e</c> with an accent.</summary>
    public static string ToNfc(string text) => Normalize(text, compatible: false);

    private static string Normalize(string text, bool compatible)
    {
        if (Ascii.IsValid(text))
            return text;

        // The steps of UAX #15 §1.3: decompose fully, order the marks, compose.
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, compatible, points);

        OrderMarks(points);
        return Text(Compose(points));
    }

    private static void Decompose(int point, bool compatible, List<int> into)
    {
        if (point is >= SyllableBase and < SyllableBase + Syllables)
        {
            var index = point - SyllableBase;
            into.Add(LeadBase + (index / (Vowels * Trails)));
            into.Add(VowelBase + (index % (Vowels * Trails) / Trails));
            if (index % Trails != 0)
                into.Add(TrailBase + (index % Trails));
        }
        else if (Unicode.Value.TryDecompose(point, compatible, out var parts))
        {
            foreach (var part in parts)
                Decompose(part, compatible, into);
        }
        else
        {
            into.Add(point);
        }
    }

    /// <summary>Sorts each run of marks by combining class, and leaves equals as they were (an insertion sort).</summary>
    private static void OrderMarks(List<int> points)
    {
        for (var at = 1; at < points.Count; at++)
        {
            var point = points[at];
            var mark = ClassOf(point);
            var to = at;
            for (; mark != 0 && to > 0 && ClassOf(points[to - 1]) > mark; to--)
                points[to] = points[to - 1];
            points[to] = point;
        }
    }

    private static List<int> Compose(List<int> points)
    {
        var composed = new List<int>(points.Count);
        var starter = -1;
        var classBefore = -1;
        foreach (var point in points)
        {
            var mark = ClassOf(point);

            // A mark is blocked from its starter by another of its class or above between them (D115).
            if (starter >= 0 && classBefore < mark && TryCompose(composed[starter], point, out var whole))
            {
                composed[starter] = whole;
                continue;
            }

            if (mark == 0)
                starter = composed.Count;

            classBefore = mark == 0 ? -1 : mark;
            composed.Add(point);
        }

        return composed;
    }

    private static bool TryCompose(int first, int second, out int whole)
    {
        if (first is >= LeadBase and < LeadBase + Leads && second is >= VowelBase and < VowelBase + Vowels)
        {
            whole = SyllableBase + ((((first - LeadBase) * Vowels) + (second - VowelBase)) * Trails);
            return true;
        }

        var index = first - SyllableBase;
        if (index is >= 0 and < Syllables && index % Trails == 0 && second is > TrailBase and < TrailBase + Trails)
        {
            whole = first + (second - TrailBase);
            return true;
        }

        return Unicode.Value.Compositions.TryGetValue((first, second), out whole);
    }

    private static int ClassOf(int point) => Unicode.Value.Classes.GetValueOrDefault(point);

    private static string Text(List<int> points)
    {
        var text = new StringBuilder(points.Count);
        foreach (var point in points)
            text.Append(new Rune(point).ToString());
        return text.ToString();
    }

    /// <summary>The file <c>UnicodeNormalization.txt</c>, whose head says what its lines mean.</summary>
    private sealed record Tables(
        FrozenDictionary<int, int> Classes,
        FrozenDictionary<int, int[]> Canonical,
        FrozenDictionary<int, int[]> Compatible,
        FrozenDictionary<(int First, int Second), int> Compositions)
    {
        public bool TryDecompose(int point, bool compatible, out int[] parts) =>
            Canonical.TryGetValue(point, out parts!) || (compatible && Compatible.TryGetValue(point, out parts!));

        public static Tables Load()
        {
            var classes = new Dictionary<int, int>();
            var canonical = new Dictionary<int, int[]>();
            var compatible = new Dictionary<int, int[]>();
            var compositions = new Dictionary<(int First, int Second), int>();
            foreach (var line in EmbeddedText.Lines("UnicodeNormalization.txt"))
            {
                int[] points = [.. line.Split(' ')[1..].Select(word => int.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
                switch (line[0])
                {
                    case 'c':
                        for (var point = points[0]; point <= points[1]; point++)
                            classes.Add(point, points[2]);
                        break;
                    case 'k':
                        compatible.Add(points[0], points[1..]);
                        break;
                    default:
                        canonical.Add(points[0], points[1..]);
                        if (line[0] == 'd')
                            compositions.Add((points[1], points[2]), points[0]);
                        break;
                }
            }

            return new Tables(
                classes.ToFrozenDictionary(), canonical.ToFrozenDictionary(), compatible.ToFrozenDictionary(), compositions.ToFrozenDictionary());
        }
    }
}
