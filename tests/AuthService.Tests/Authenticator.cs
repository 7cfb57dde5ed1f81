using AuthService.V1;
using Grpc.Core;
using OtpNet;

namespace AuthService.Tests;

/// <summary>An authenticator app: a TOTP of an account, enrolled and confirmed through the RPCs.</summary>
public sealed class Authenticator
{
    private readonly TestService _service;
    private readonly byte[] _secret;

    private Authenticator(TestService service, byte[] secret) => (_service, _secret) = (service, secret);

    public Factor Factor { get; private set; } = new();

    /// <summary>The code that it shows now. Each is good once: advance the clock between two.</summary>
    public string Code => new Totp(_secret).ComputeTotp(_service.Clock.GetUtcNow().UtcDateTime);

    public static async Task<Authenticator> EnrollAsync(TestService service, Metadata caller)
    {
        var enrolled = await service.Logins.EnrollFactorAsync(new EnrollFactorRequest { Kind = FactorKind.Totp }, caller);
        var secret = System.Web.HttpUtility.ParseQueryString(new Uri(enrolled.TotpUri).Query)["secret"];
        var app = new Authenticator(service, Base32Encoding.ToBytes(secret)) { Factor = enrolled.Factor };
        await app.ConfirmAsync(caller);
        return app;
    }

    public async Task ConfirmAsync(Metadata caller)
    {
        Factor = (await _service.Logins.ConfirmFactorAsync(new ConfirmFactorRequest { FactorId = Factor.FactorId, Code = Code }, caller)).Factor;

        // The code is used up.
        _service.Clock.Advance(TimeSpan.FromMinutes(1));
    }
}
