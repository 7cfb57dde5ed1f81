using System.Reflection;
using Microsoft.Extensions.Options;

namespace AuthService.Hosting.Starting;

/// <summary>Binds and validates every options class of this service, and tells all that is wrong at once.</summary>
/// <remarks>
/// The host's own validation comes too late for that (services are made before it, and the first one made stops the start), and a
/// value that does not even bind, such as a port that is no number, ends it at once.
/// </remarks>
internal static class OptionsProblems
{
    public static IReadOnlyList<string> In(IServiceProvider services, IEnumerable<Type> optionTypes) =>
        [.. optionTypes.SelectMany(type => ProblemsOf(services, type)).Distinct(StringComparer.Ordinal)];

    /// <summary>The classes of this assembly that configuration is bound to.</summary>
    public static IReadOnlyList<Type> TypesIn(IServiceCollection services) =>
    [
        .. services
            .Where(service => service.ServiceType.IsGenericType && service.ServiceType.GetGenericTypeDefinition() == typeof(IConfigureOptions<>))
            .Select(service => service.ServiceType.GenericTypeArguments[0])
            .Where(type => type.Assembly == Assembly.GetExecutingAssembly())
            .Distinct(),
    ];

    private static IReadOnlyList<string> ProblemsOf(IServiceProvider services, Type type)
    {
        var options = typeof(IOptions<>).MakeGenericType(type);
        try
        {
            _ = options.GetProperty(nameof(IOptions<object>.Value))!
                .GetValue(services.GetRequiredService(options), BindingFlags.DoNotWrapExceptions, null, null, null);
            return [];
        }
        catch (Exception fault) when (fault is OptionsValidationException or InvalidOperationException)
        {
            return StartFailure.Describe(fault);
        }
    }
}
