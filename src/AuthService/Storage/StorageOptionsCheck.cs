using AuthService.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace AuthService.Storage;

/// <summary>What the options' attributes cannot say.</summary>
internal sealed class StorageOptionsCheck : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) => options switch
    {
        { Provider: StorageProvider.Sqlite } => ValidateOptionsResult.Success,
        { ConnectionString: null or "" } => ValidateOptionsResult.Fail("Storage:ConnectionString is needed where Storage:Provider is Postgres."),
        { ConnectionString: var given } when PostgresConnections.ProblemOf(given) is { } problem =>
            ValidateOptionsResult.Fail($"Storage:ConnectionString {problem}."),
        _ => ValidateOptionsResult.Success,
    };
}
