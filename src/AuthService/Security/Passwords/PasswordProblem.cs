namespace AuthService.Security.Passwords;

/// <summary>Why a password is refused.</summary>
public enum PasswordProblemCode
{
    /// <summary>Not Unicode text: half a surrogate pair.</summary>
    Malformed,
    TooShort,
    TooLong,

    /// <summary>On the list of passwords that many people use.</summary>
    Common,

    /// <summary>Made of little else than names, the identifier or the service's name.</summary>
    Personal,

    /// <summary>A guesser who knows words, dates and keyboard patterns would find it soon.</summary>
    Guessable,
}

/// <param name="Code">For programs.</param>
/// <param name="Text">For the person who chose it; does not repeat the password.</param>
public sealed record PasswordProblem(PasswordProblemCode Code, string Text)
{
    internal static readonly PasswordProblem Malformed = new(PasswordProblemCode.Malformed, "The password is not valid text.");

    internal static readonly PasswordProblem Common = new(
        PasswordProblemCode.Common, "This password is used by many people and among the first that are tried. Please choose another.");

    internal static readonly PasswordProblem Personal = new(
        PasswordProblemCode.Personal, "The password consists of your name, your address or the name of this service. Please choose another.");

    internal static readonly PasswordProblem Guessable = new(
        PasswordProblemCode.Guessable, "The password is easy to guess. A few words that have nothing to do with each other make a good one.");

    internal static PasswordProblem TooShort(int minimum) =>
        new(PasswordProblemCode.TooShort, $"The password needs at least {minimum} characters.");

    internal static PasswordProblem TooLong(int maximum) =>
        new(PasswordProblemCode.TooLong, $"The password may have at most {maximum} characters.");
}
