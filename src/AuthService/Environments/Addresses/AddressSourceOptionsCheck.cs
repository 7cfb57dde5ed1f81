using Microsoft.Extensions.Options;

namespace AuthService.Environments.Addresses;

/// <summary>That every file is there and can be read: at start a missing one stops the service, later it does not.</summary>
internal sealed class AddressSourceOptionsCheck : IValidateOptions<AddressSourceOptions>
{
    public ValidateOptionsResult Validate(string? name, AddressSourceOptions options)
    {
        var problems = options.MmdbFiles.SelectMany(OfMmdb).Concat(OfPrefixes(options.PrefixFile)).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> OfMmdb(string path)
    {
        var read = MmdbFile.Read(path);
        read.Value?.Retire();
        return read.Problems.Select(problem => $"AddressSources:MmdbFiles: {problem}");
    }

    private static IEnumerable<string> OfPrefixes(string? path) =>
        string.IsNullOrEmpty(path) ? [] : PrefixFile.Read(path).Problems.Select(problem => $"AddressSources:PrefixFile: {problem}");
}
