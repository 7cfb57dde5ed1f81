using AuthService.Cli.Connections;
using AuthService.Environments.Addresses;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Cli.Doctor;

/// <summary>What is known of addresses, and how old that is. Whether the files can be read is part of the configuration.</summary>
internal static class AddressSourcesCheck
{
    private static readonly TimeSpan Stale = TimeSpan.FromDays(45);

    public static IEnumerable<Finding> Run(StoppedService service, TimeProvider clock)
    {
        var files = service.Services.GetRequiredService<AddressSources>().States;
        return files.Count == 0
            ? [Finding.Fine("address sources", "none: country, operator and class of addresses are not known")]
            : files.Select(file => Of(file, clock.GetUtcNow()));
    }

    private static Finding Of(AddressSourceState file, DateTimeOffset now) =>
        file.IsList || now - file.MadeAt <= Stale
            ? Finding.Fine("address sources", $"{file.Name}, of {file.MadeAt:yyyy-MM-dd}")
            : new("address sources", State.Doubtful, $"{file.Name} is of {file.MadeAt:yyyy-MM-dd}",
                "Put a newer one in its place: addresses move between operators and countries. No restart is needed.");
}
