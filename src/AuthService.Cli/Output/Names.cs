namespace AuthService.Cli.Output;

internal static class Names
{
    /// <summary>A value as the contract writes it, without its prefix: <c>StepUp</c> is STEP_UP.</summary>
    public static string InContract<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}")).ToUpperInvariant();
}
