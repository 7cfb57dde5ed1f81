using AuthService.Accounts;
using AuthService.Administration;
using AuthService.Audit;
using AuthService.Devices;
using AuthService.Environments;
using AuthService.Hosting.Calls;
using AuthService.Login;
using AuthService.Messaging;
using AuthService.RateLimiting;
using AuthService.Risk;
using AuthService.Security.Factors;
using AuthService.Security.Keys;
using AuthService.Security.Passwords;
using AuthService.Security.Proofs;
using AuthService.Security.Trust;
using AuthService.Sessions;
using AuthService.Storage;

namespace AuthService.Hosting;

/// <summary>The whole service, put together. Also what tests start, in process.</summary>
public static class AuthServiceApplication
{
    /// <param name="args">Command line, as configuration.</param>
    /// <param name="customise">Last word on configuration and services, for tests: time, the outside world, ports.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? customise = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddServing(args);
        builder.Services
            .AddStorage()
            .AddKeys()
            .AddPasswords()
            .AddProofs()
            .AddFactors()
            .AddTrust()
            .AddRateLimits()
            .AddCalls()
            .AddMessaging()
            .AddAudit()
            .AddAdministration(builder.Environment)
            .AddSessions()
            .AddEnvironments()
            .AddRisk()
            .AddDevices()
            .AddAccounts()
            .AddLogin();
        customise?.Invoke(builder);

        var app = builder.Build();
        app.UseServing();
        app.UseCalls();
        app.MapServing();
        app.MapAccounts();
        app.MapAdministration();
        app.MapAudit();
        app.MapDevices();
        app.MapRisk();
        app.MapLogin();
        app.MapSessions();
        return app;
    }
}
