using System.Collections.Concurrent;
using System.Threading.Channels;
using AuthService.Hosting;
using AuthService.LoadTest.LoginOracle;
using AuthService.Messaging;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AuthService.LoadTest.Subject;

/// <summary>
/// The whole service in this process, behind a real socket, on a data folder of its own: so that a delay can be put in front of
/// it, and the time of each hash be read.
/// </summary>
internal sealed class OwnService : ISubject, IAsyncDisposable
{
    /// <summary>
    /// What answers by other means than time is out of the way: no limit is reached, and nobody has to wait after failures.
    /// An identifier is tried at most 99 times, at least a second apart, so none is delayed and none is held.
    /// </summary>
    private static readonly Dictionary<string, string?> Settings = new(StringComparer.Ordinal)
    {
        ["Failures:Free"] = "20",
        ["Failures:FirstDelay"] = "00:00:00.100",
        ["Failures:LongestDelay"] = "00:00:01",
        ["Failures:HoldAfter"] = "100",
        ["Serving:GrpcPort"] = "0",
        ["Serving:WebPort"] = "0",
    };

    private readonly WebApplication _app;
    private readonly Inbox _inbox;

    private OwnService(WebApplication app, Inbox inbox)
    {
        (_app, _inbox) = (app, inbox);
        Channel = GrpcChannel.ForAddress(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public GrpcChannel Channel { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="data">Outlives the service, so that another can be started on it, with nothing in its caches.</param>
    /// <param name="settings">On top of everything.</param>
    /// <param name="services">Last word on the services.</param>
    public static async Task<OwnService> StartAsync(
        string data, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null)
    {
        var inbox = new Inbox();
        var app = AuthServiceApplication.Build(["--environment", "Development"], builder =>
        {
            builder.Configuration.AddInMemoryCollection(Settings);
            builder.Configuration.AddInMemoryCollection(Generous.Settings);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Storage:DataPath"] = data });
            builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
            builder.Logging.ClearProviders();
            builder.Services.Replace(ServiceDescriptor.Singleton<IMessageSender>(inbox));
            builder.Services.AddSingleton<IStartupFilter, InjectedDelay>();
            services?.Invoke(builder.Services);
        });
        await app.StartAsync();
        return new OwnService(app, inbox);
    }

    /// <summary>The next code that a contact is sent. Waits for it.</summary>
    public Task<string> CodeAsync(string contact) => _inbox.NextCodeAsync(contact);

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class Inbox : IMessageSender
    {
        private readonly ConcurrentDictionary<string, Channel<string>> _codes = new(StringComparer.Ordinal);

        public async Task<string> NextCodeAsync(string contact)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            return await Of(contact).Reader.ReadAsync(patience.Token);
        }

        public Task SendAsync(Message message, CancellationToken cancellationToken)
        {
            if (message.Code is { } code)
                Of(message.To).Writer.TryWrite(code);
            return Task.CompletedTask;
        }

        private Channel<string> Of(string contact) => _codes.GetOrAdd(contact, _ => System.Threading.Channels.Channel.CreateUnbounded<string>());
    }
}
