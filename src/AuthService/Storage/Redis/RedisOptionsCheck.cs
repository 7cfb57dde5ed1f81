using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AuthService.Storage.Redis;

/// <summary>What the options' attributes cannot say.</summary>
internal sealed class RedisOptionsCheck : IValidateOptions<RedisOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        if (options.Patience < TimeSpan.FromMilliseconds(1) || options.Patience > TimeSpan.FromSeconds(10))
            return ValidateOptionsResult.Fail("Redis:Patience is from 1 ms to 10 s.");
        if (options.KeyPrefix.Length is 0 or > 64)
            return ValidateOptionsResult.Fail("Redis:KeyPrefix has 1 to 64 characters.");
        try
        {
            return options.Configuration is not { Length: > 0 } given || ConfigurationOptions.Parse(given).EndPoints.Count > 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("Redis:Configuration names no server.");
        }
        catch (ArgumentException)
        {
            // The message would quote what it read, a password perhaps.
            return ValidateOptionsResult.Fail("Redis:Configuration is not in the form of StackExchange.Redis.");
        }
    }
}
