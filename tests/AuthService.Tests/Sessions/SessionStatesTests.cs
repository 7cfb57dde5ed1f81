using System.Data.Common;
using AuthService.Storage;
using AuthService.Tests.Stores;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Sessions;

public sealed class SessionStatesTests : IAsyncLifetime
{
    private readonly ReadGate _gate = new();
    private readonly string _data = Directory.CreateTempSubdirectory("authservice-test-").FullName;
    private TestService _service = null!;
    private Session _session = null!;

    /// <summary>A session that was opened before the last start: the service has not seen it yet.</summary>
    public async Task InitializeAsync()
    {
        await using (var earlier = await TestService.StartAsync(data: _data))
            _session = await (await Owner.CreateAsync(earlier)).SignInAsync();
        _service = await TestService.StartAsync(
            services: services => TestStore.Intercept(services, _gate), data: _data);
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        await TestStore.ForgetAsync(_data);
    }

    [Fact]
    public async Task A_session_lives_through_a_restart()
    {
        (await ValidateAsync()).Active.ShouldBeTrue();
    }

    [Fact]
    public async Task A_token_that_is_known_is_validated_without_the_database()
    {
        await ValidateAsync();
        var before = _gate.Commands;

        (await ValidateAsync()).Active.ShouldBeTrue();

        _gate.Commands.ShouldBe(before);
    }

    [Fact]
    public async Task A_read_that_began_before_a_revocation_does_not_bring_the_session_back()
    {
        await _service.Sessions.ListSigningKeysAsync(new ListSigningKeysRequest());
        var reading = _gate.HoldNextReadOfSessions();
        var during = ValidateAsync();
        await reading;
        await EndAsync();

        _gate.Release();

        await during;
        (await ValidateAsync()).Reason.ShouldBe(InactiveReason.Revoked);
    }

    private async Task<ValidateSessionResponse> ValidateAsync() => await _service.Sessions.ValidateSessionAsync(
        new ValidateSessionRequest { AccessToken = _session.AccessToken }, _service.AsService);

    private Task EndAsync() => _service.Services.GetRequiredService<Database>().WriteAsync(
        work => _service.Services.GetRequiredService<AuthService.Sessions.SessionEnder>().EndAsync(
            work,
            AuthService.Storage.Ids.AccountId.Parse(_session.AccountId),
            AuthService.Storage.Ids.SessionId.Parse(_session.SessionId),
            AuthService.Storage.Rows.SessionEnd.RevokedByOwner,
            CancellationToken.None),
        CancellationToken.None);

    /// <summary>Counts commands, and holds one read of sessions back after the database has answered it.</summary>
    private sealed class ReadGate : DbCommandInterceptor
    {
        private int _commands;
        private TaskCompletionSource? _held;
        private TaskCompletionSource? _reached;

        public int Commands => Volatile.Read(ref _commands);

        public Task HoldNextReadOfSessions()
        {
            _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _reached.Task;
        }

        public void Release() => _held!.SetResult();

        public override async ValueTask<DbDataReader> ReaderExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _commands);
            if (_held is { } held && command.CommandText.Contains("\"Sessions\"", StringComparison.Ordinal)
                && Interlocked.Exchange(ref _reached, null) is { } reached)
            {
                reached.SetResult();
                await held.Task;
            }

            return result;
        }
    }
}
