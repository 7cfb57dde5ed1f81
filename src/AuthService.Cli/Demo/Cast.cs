using System.Security.Cryptography;
using AuthService.Client;
using AuthService.Client.Keys;
using AuthService.V1;

namespace AuthService.Cli.Demo;

/// <summary>Who plays, with what, and from where: Anna, her phone, another phone of hers, and a thief.</summary>
internal sealed class Cast : IDisposable
{
    // Documentation's own networks (RFC 5737), so nobody's.
    private const string Home = "198.51.100.20", Abroad = "203.0.113.7", ThiefsHome = "192.0.2.66";

    /// <summary>Where Anna stops on her trip.</summary>
    public const string Cafe = "203.0.113.99";

    private readonly Mailbox _mail;

    public Cast(Uri address, FileInfo outbox, Observer observer)
    {
        (Address, Observer) = (address, observer);
        _mail = new Mailbox(outbox, Anna.Email);
        Phone = On(PhoneNetwork);
        NewPhone = On(NewPhoneNetwork);
        Thief = On(ThiefNetwork);
    }

    public Uri Address { get; }

    public Observer Observer { get; }

    public Person Anna { get; } = new();

    /// <summary>Anna's, once she has signed up.</summary>
    public string AccountId { get; set; } = "";

    public SoftwareDeviceKey Key { get; } = SoftwareDeviceKey.Generate();

    /// <summary>
    /// Where the bot is, and the relay, and Anna later: an address for documentation (RFC 3849), another at each run, since the service remembers for an
    /// hour what came from a network, and the next run is to find it as new.
    /// </summary>
    public string Hotel { get; } =
        $"2001:db8:{RandomNumberGenerator.GetHexString(4, lowercase: true)}:{RandomNumberGenerator.GetHexString(4, lowercase: true)}::20";

    public FromAddress PhoneNetwork { get; } = new(Home);

    public FromAddress NewPhoneNetwork { get; } = new(Abroad);

    public FromAddress ThiefNetwork { get; } = new(ThiefsHome);

    public AuthServiceClient Phone { get; }

    public AuthServiceClient NewPhone { get; }

    public AuthServiceClient Thief { get; }

    /// <summary>The code that was sent to Anna.</summary>
    public Task<string> MailedCodeAsync(string template, CancellationToken cancellationToken) => _mail.NextCodeAsync(template, cancellationToken);

    /// <summary>Anna reads the code in her mail and types it.</summary>
    public async Task CompleteAsync(AuthServiceClient phone, StepUp stepUp, bool rememberDevice, CancellationToken cancellationToken)
    {
        await phone.SendStepUpCodeAsync(stepUp.StepUpId, cancellationToken: cancellationToken);
        var code = await MailedCodeAsync("step_up", cancellationToken);
        var completion = new CompleteStepUpRequest { StepUpId = stepUp.StepUpId, Code = code, RememberDevice = rememberDevice };
        await phone.CompleteStepUpAsync(completion, cancellationToken);
    }

    /// <summary>How the service judged the latest login to Anna's account.</summary>
    public Task<RiskVerdict?> LatestVerdictAsync(CancellationToken cancellationToken) => Observer.LatestVerdictAsync(AccountId, cancellationToken);

    public void Dispose()
    {
        Phone.Dispose();
        NewPhone.Dispose();
        Thief.Dispose();
        PhoneNetwork.Dispose();
        NewPhoneNetwork.Dispose();
        ThiefNetwork.Dispose();
        Key.Dispose();
    }

    private AuthServiceClient On(FromAddress network) => new(new AuthServiceClientOptions { Address = Address, HttpHandler = network });
}
