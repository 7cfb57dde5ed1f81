using System.Text;

namespace AuthService.Security.Passwords;

/// <summary>How many guesses a password withstands, by zxcvbn: words, names, dates, keyboard patterns, repetition.</summary>
internal static class PasswordStrength
{
    // Its time grows faster than the text; 64 characters take up to 40 ms. What comes after them can only help.
    private const int CharactersLookedAt = 64;

    private static readonly Lazy<Zxcvbn.Zxcvbn> Estimator = new(() => new Zxcvbn.Zxcvbn());

    /// <summary>From 0 (fewer than 100 guesses) to 4 (10⁸ or more).</summary>
    public static int Score(PasswordText password, IReadOnlyList<string> personalWords)
    {
        var text = new StringBuilder();
        foreach (var rune in password.Value.EnumerateRunes().Take(CharactersLookedAt))
            text.Append(rune.ToString());

        return Estimator.Value.EvaluatePassword(text.ToString(), personalWords).Score;
    }
}
