using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthService.SystemTests.Harness;
using Grpc.Net.Client;

namespace AuthService.SystemTests.Production;

/// <summary>All that an operator prepares: a certificate, settings, ports, and <c>authctl</c>.</summary>
public sealed class Deployment : IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly X509Certificate2 _certificate;

    public Deployment(MailServer mail)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=auth.example", key, HashAlgorithmName.SHA256);
        var today = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(today.AddDays(-1), today.AddDays(30));
        File.WriteAllText(_folder.PathOf("tls.crt"), _certificate.ExportCertificatePem());
        File.WriteAllText(_folder.PathOf("tls.key"), key.ExportPkcs8PrivateKeyPem());
        Settings =
        [
            $"Storage:DataPath={DataPath}", $"Keys:KeyringPath={_folder.PathOf("keyring.json")}", "Deployment:Issuer=https://auth.example",
            $"Serving:CertificatePath={_folder.PathOf("tls.crt")}", $"Serving:CertificateKeyPath={_folder.PathOf("tls.key")}",
            "Serving:DrainSeconds=0", $"Serving:GrpcPort={FreePort.Find()}", $"Serving:WebPort={FreePort.Find()}",
            "Messaging:Smtp:Host=127.0.0.1", $"Messaging:Smtp:Port={mail.Port}", "Messaging:Smtp:Tls=None",
            "Messaging:Smtp:From=no-reply@auth.example",
        ];
    }

    public string DataPath => _folder.PathOf("data");

    public IReadOnlyList<string> Settings { get; }

    /// <summary>Nothing of this machine's own settings.</summary>
    private static Dictionary<string, string?> Variables => new(StringComparer.Ordinal)
    {
        ["DOTNET_ENVIRONMENT"] = null, ["ASPNETCORE_ENVIRONMENT"] = null, ["AUTHSERVICE_DATA"] = null,
        ["AUTHSERVICE_GRPC_PORT"] = null, ["AUTHSERVICE_WEB_PORT"] = null,
    };

    public Task<ServiceProcess> StartAsync() => ServiceProcess.StartAsync("Production", Variables, Settings);

    /// <summary>Runs the service's binary for as long as it cares to run.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyList<string> settings, params IReadOnlyList<string> switches)
    {
        await using var process = ServiceProcess.Launch("Production", Variables, settings, switches);
        return (await process.WaitAsync(TimeSpan.FromMinutes(1)), process.Output.Text);
    }

    public Task<(int ExitCode, string Output)> AuthctlAsync(params IReadOnlyList<string> command) => ChildProcess.RunAsync(
        "dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "authctl.dll"), .. command, "--environment", "Production",
            .. Settings.SelectMany(setting => new[] { "--set", setting }),
        ],
        Variables);

    /// <summary>A connection that trusts this certificate and no other.</summary>
    public GrpcChannel Connect(ServiceProcess service)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetRawCertData().SequenceEqual(_certificate.RawData);
        return GrpcChannel.ForAddress(service.GrpcAddress, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }
}
