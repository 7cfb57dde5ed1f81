using AuthService.Login.Factors;

namespace AuthService.Login;

public static class LoginExtensions
{
    public static IServiceCollection AddLogin(this IServiceCollection services)
    {
        services.AddOptions<LoginOptions>().BindConfiguration("Login").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LoginMetrics>();
        services.AddSingleton<LoginGrpcService>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<SignInOutcome>();
        return services.AddStepUps().AddFactorUseCases();
    }

    public static void MapLogin(this WebApplication app) => app.MapGrpcService<LoginGrpcService>();

    private static IServiceCollection AddStepUps(this IServiceCollection services) => services
        .AddSingleton<StepUps>()
        .AddSingleton<StepUpFactors>()
        .AddSingleton<SendStepUpCode>()
        .AddSingleton<CompleteStepUp>()
        .AddSingleton<StartStepUp>();

    private static IServiceCollection AddFactorUseCases(this IServiceCollection services) => services
        .AddSingleton<ListFactors>()
        .AddSingleton<EnrollFactor>()
        .AddSingleton<ConfirmFactor>()
        .AddSingleton<RemoveFactor>();
}
