using System.CommandLine;
using AuthService.Hosting;
using AuthService.Hosting.Starting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthService.Cli.Connections;

/// <summary>
/// The service's own code on its own configuration, not started: for what has to be done where nothing serves yet. It finds its
/// settings as the service would, in appsettings.json, environment variables and <c>--set</c>.
/// </summary>
internal sealed class StoppedService : IAsyncDisposable
{
    public static readonly Option<string?> Environment = new("--environment")
    {
        Description = "Development or Production. Default: DOTNET_ENVIRONMENT, or Production.",
    };

    public static readonly Option<string[]> Settings = new("--set")
    {
        Description = "A setting, such as Storage:DataPath=/var/lib/authservice. Repeatable.",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly WebApplication _app;
    private readonly IReadOnlyList<Type> _optionTypes;

    private StoppedService(WebApplication app, IReadOnlyList<Type> optionTypes) => (_app, _optionTypes) = (app, optionTypes);

    public IServiceProvider Services => _app.Services;

    public bool IsDevelopment => _app.Environment.EnvironmentName == "Development";

    /// <summary>Everything that is wrong with the configuration.</summary>
    public IReadOnlyList<string> Problems() => OptionsProblems.In(Services, _optionTypes);

    public static StoppedService Open(ParseResult parsed)
    {
        IEnumerable<string> environment = parsed.GetValue(Environment) is { Length: > 0 } name ? ["--environment", name] : [];
        var settings = (parsed.GetValue(Settings) ?? []).Select(setting => $"--{setting}");
        IReadOnlyList<Type> optionTypes = [];
        var app = AuthServiceApplication.Build([.. environment, .. settings], builder =>
        {
            builder.Logging.ClearProviders();
            optionTypes = OptionsProblems.TypesIn(builder.Services);
        });
        return new StoppedService(app, optionTypes);
    }

    /// <exception cref="CommandFailure">They do not hold.</exception>
    public T Options<T>()
        where T : class
    {
        try
        {
            return Services.GetRequiredService<IOptions<T>>().Value;
        }
        catch (Exception fault) when (fault is OptionsValidationException or InvalidOperationException)
        {
            throw new CommandFailure(string.Join(System.Environment.NewLine, StartFailure.Describe(fault)));
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
