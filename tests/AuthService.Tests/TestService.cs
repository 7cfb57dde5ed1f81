using AuthService.Hosting;
using AuthService.Messaging;
using AuthService.Tests.Stores;
using AuthService.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AuthService.Tests;

/// <summary>
/// The whole service in this process, on a port of its own, with a data folder of its own: real transport, database and hashing.
/// Fake are only the time and the way out for messages.
/// </summary>
public sealed class TestService : IAsyncDisposable
{
    private readonly string _data;
    private readonly bool _ownsData;
    private readonly WebApplication _app;

    private TestService(string data, bool ownsData, WebApplication app, FakeTimeProvider clock, SentMessages messages)
    {
        (_data, _ownsData, _app, Clock, Messages) = (data, ownsData, app, clock, messages);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        (Address, WebAddress) = (addresses.First(), addresses.Last());
        Channel = GrpcChannel.ForAddress(Address);
    }

    public FakeTimeProvider Clock { get; }

    public SentMessages Messages { get; }

    /// <summary>Of gRPC.</summary>
    public string Address { get; }

    /// <summary>Of health, metrics and keys.</summary>
    public string WebAddress { get; }

    public GrpcChannel Channel { get; }

    public IServiceProvider Services => _app.Services;

    public string DataPath => _data;

    public AccountService.AccountServiceClient Accounts => new(Channel);
    public DeviceService.DeviceServiceClient Devices => new(Channel);
    public EcvService.EcvServiceClient Ecv => new(Channel);
    public LoginService.LoginServiceClient Logins => new(Channel);
    public SessionService.SessionServiceClient Sessions => new(Channel);
    public AuditService.AuditServiceClient Audit => new(Channel);
    public AdminService.AdminServiceClient Admin => new(Channel);

    /// <summary>All scopes: from <c>bootstrap/admin.token</c>.</summary>
    public Metadata AsAdmin => Bearer(BootstrapToken("admin"));

    /// <summary>From <c>bootstrap/service.token</c>.</summary>
    public Metadata AsService => Bearer(BootstrapToken("service"));

    public static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

    /// <summary>A caller at this address: Development believes loopback's X-Forwarded-For.</summary>
    public static Metadata From(string address, Metadata? more = null)
    {
        var metadata = new Metadata { { "x-forwarded-for", address } };
        foreach (var entry in more ?? [])
            metadata.Add(entry);
        return metadata;
    }

    /// <param name="settings">Configuration on top of the Development defaults.</param>
    /// <param name="services">Last word on the services.</param>
    /// <param name="data">A data folder that outlives this service, to start another on; null for one of its own.</param>
    public static async Task<TestService> StartAsync(
        IDictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null, string? data = null)
    {
        var ownsData = data is null;
        data ??= Directory.CreateTempSubdirectory("authservice-test-").FullName;
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
        var messages = new SentMessages();
        var store = await TestStore.SettingsAsync(data);
        var app = AuthServiceApplication.Build(["--environment", "Development"], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Storage:DataPath"] = data,
                ["Serving:GrpcPort"] = "0",
                ["Serving:WebPort"] = "0",
            });
            builder.Configuration.AddInMemoryCollection(store);
            builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
            builder.Logging.ClearProviders();
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            builder.Services.Replace(ServiceDescriptor.Singleton<IMessageSender>(messages));
            services?.Invoke(builder.Services);
        });
        await app.StartAsync();

        // Proofs by time are refused if they are older than the process: let it be a minute old.
        clock.Advance(TimeSpan.FromMinutes(1));
        return new TestService(data, ownsData, app, clock, messages);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsData)
        {
            Directory.Delete(_data, recursive: true);
            await TestStore.ForgetAsync(_data);
        }
    }

    private string BootstrapToken(string name) => File.ReadAllText(Path.Combine(_data, "bootstrap", $"{name}.token")).Trim();
}
