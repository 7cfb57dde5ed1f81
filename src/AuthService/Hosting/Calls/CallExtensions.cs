using AuthService.Hosting.Network;
using Microsoft.Extensions.Options;

namespace AuthService.Hosting.Calls;

public static class CallExtensions
{
    public static IServiceCollection AddCalls(this IServiceCollection services)
    {
        services.AddOptions<ClientAddressOptions>().BindConfiguration("ClientAddress").ValidateOnStart();
        services.AddSingleton<IValidateOptions<ClientAddressOptions>, ClientAddressOptions>();
        services.AddSingleton<ClientAddress>();
        services.AddSingleton<CallAnswers>();
        services.AddSingleton<PageTokens>();
        return services;
    }

    public static void UseCalls(this WebApplication app) => app.UseMiddleware<CallPipeline>();
}
