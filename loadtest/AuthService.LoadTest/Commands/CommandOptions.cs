using System.CommandLine;
using System.Text.Json;
using AuthService.LoadTest.Reports;
using AuthService.LoadTest.Scenarios;

namespace AuthService.LoadTest.Commands;

/// <summary>Options that say what is wrong with them before anything is started.</summary>
internal static class CommandOptions
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Option<int> Number(string name, string description, int otherwise, int least, int most)
    {
        var option = new Option<int>(name) { Description = $"{description}; {least:N0} to {most:N0}.", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
                result.AddError($"{name} must be {least} to {most}.");
        });
        return option;
    }

    /// <summary>A file that can be written, for <see cref="WriteAsync"/>.</summary>
    public static Option<string?> Json() => FileToWrite("--json", "A file for the figures.");

    /// <summary>A file that can be written, for <see cref="WriteTableAsync"/>.</summary>
    public static Option<string?> Table() => FileToWrite("--table", "A file for the findings, as a table in Markdown.");

    /// <summary>Writes the findings, if a file was given for them.</summary>
    public static Task WriteTableAsync(string? file, IEnumerable<Finding> findings) =>
        file is null ? Task.CompletedTask : File.WriteAllTextAsync(file, FindingsTable.Markdown(findings));

    /// <summary>Writes what was measured, if a file was given for it.</summary>
    public static Task WriteAsync<T>(string? file, T figures) =>
        file is null ? Task.CompletedTask : File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures, Indented) + "\n");

    private static Option<string?> FileToWrite(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } file && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
                result.AddError($"{name}: the folder of '{file}' does not exist.");
        });
        return option;
    }
}
