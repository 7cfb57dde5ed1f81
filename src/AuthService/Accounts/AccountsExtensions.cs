using AuthService.Security.Keys;

namespace AuthService.Accounts;

public static class AccountsExtensions
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddOptions<AccountOptions>().BindConfiguration("Accounts").ValidateDataAnnotations().ValidateOnStart();
        return services.AddDirectory().AddSignUp().AddOwnAccount().AddRecovery().AddReports();
    }

    public static void MapAccounts(this WebApplication app) => app.MapGrpcService<AccountGrpcService>();

    private static IServiceCollection AddDirectory(this IServiceCollection services) => services
        .AddSingleton<AccountGrpcService>()
        .AddSingleton<ContactIndex>()
        .AddSingleton<IRekeyed, ContactReindex>()
        .AddSingleton<DecoyAccounts>()
        .AddSingleton<AccountDirectory>()
        .AddHostedService<DecoyStartup>();

    private static IServiceCollection AddSignUp(this IServiceCollection services) => services
        .AddSingleton<Verifications>()
        .AddSingleton<ContactClaims>()
        .AddSingleton<CreateAccount>()
        .AddSingleton<VerifyContact>()
        .AddSingleton<SignUpFinish>()
        .AddHostedService<UnfinishedSignUps>();

    private static IServiceCollection AddOwnAccount(this IServiceCollection services) => services
        .AddSingleton<GetAccount>()
        .AddSingleton<UpdateAccount>()
        .AddSingleton<ContactChanges>()
        .AddSingleton<ContactChange>()
        .AddSingleton<ChangePassword>();

    private static IServiceCollection AddRecovery(this IServiceCollection services) => services
        .AddSingleton<StartRecovery>()
        .AddSingleton<CompleteRecovery>()
        .AddSingleton<RecoveredPassword>()
        .AddHostedService<WaitingChanges>();

    private static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<ReportCompromise>()
        .AddSingleton<CompromiseMeasures>();
}
