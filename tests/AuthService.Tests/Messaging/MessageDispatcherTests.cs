using System.Collections.Concurrent;
using AuthService.Messaging;
using AuthService.Storage;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AuthService.Tests.Messaging;

public sealed class MessageDispatcherTests : IDisposable
{
    private static readonly Message Code = new(ContactKind.Email, "ada@example.org", MessageTemplate.StepUp, "en", "123456");
    private static readonly Message Notice = new(ContactKind.Email, "ada@example.org", MessageTemplate.PasswordChanged, "en");

    private readonly string _data = Directory.CreateTempSubdirectory("authservice-test-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_message_is_sent_when_its_transaction_is_durable_and_then_erased()
    {
        await using var service = await TestService.StartAsync();

        await EnqueueAsync(service, Code);

        (await service.Messages.NextToAsync(Code.To)).ShouldBe(Code);
        await EventuallyAsync(async () => await WaitingAsync(service) == 0);
    }

    [Fact]
    public async Task A_message_of_a_transaction_that_fails_is_not_sent()
    {
        await using var service = await TestService.StartAsync();

        await Should.ThrowAsync<InvalidOperationException>(() => service.Services.GetRequiredService<Database>().WriteAsync(
            work =>
            {
                service.Services.GetRequiredService<Outbox>().Enqueue(work, Code);
                throw new InvalidOperationException();
            },
            default));
        await EnqueueAsync(service, Notice);

        (await service.Messages.NextToAsync(Code.To)).ShouldBe(Notice);
        service.Messages.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_message_to_nobody_is_erased_and_reaches_nobody()
    {
        await using var service = await TestService.StartAsync();

        await service.Services.GetRequiredService<Database>().WriteAsync(
            work =>
            {
                service.Services.GetRequiredService<Outbox>().EnqueueToNobody(work);
                return Task.CompletedTask;
            },
            default);

        await EventuallyAsync(async () => await WaitingAsync(service) == 0);
        service.Messages.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_taken_is_tried_again_until_it_is()
    {
        var sender = new FlakySender(failures: 3);
        await using var service = await StartAsync(sender);
        await EnqueueAsync(service, Code);

        await EventuallyAsync(() => Tick(service, sender.Taken.IsEmpty));

        sender.Taken.ShouldBe([Code]);
        sender.Tries.ShouldBe(4);
        await EventuallyAsync(async () => await WaitingAsync(service) == 0);
    }

    [Fact]
    public async Task Tries_come_farther_and_farther_apart()
    {
        var sender = new FlakySender(failures: int.MaxValue);
        await using var service = await StartAsync(sender);
        await EnqueueAsync(service, Notice);
        await EventuallyAsync(() => Tick(service, sender.Tries < 6));
        await EventuallyAsync(async () => (await RowsAsync(service)).Single().Attempts == 6);

        var nextAttemptAt = (await RowsAsync(service)).Single().NextAttemptAt;

        (nextAttemptAt - service.Clock.GetUtcNow()).ShouldBeGreaterThan(TimeSpan.FromSeconds(50));
    }

    [Fact]
    public async Task A_code_is_given_up_when_it_is_worth_nothing_any_more_and_a_notice_is_not()
    {
        var sender = new FlakySender(failures: int.MaxValue);
        await using var service = await StartAsync(sender);
        await EnqueueAsync(service, Code);
        await EnqueueAsync(service, Notice);
        await EventuallyAsync(async () => (await RowsAsync(service)).All(row => row.Attempts > 0));

        service.Clock.Advance(MessageDispatcher.CodesKept);
        await EventuallyAsync(async () => await WaitingAsync(service) == 1);

        sender.Recover();
        await EventuallyAsync(() => Tick(service, sender.Taken.IsEmpty));
        sender.Taken.ShouldBe([Notice]);
    }

    [Fact]
    public async Task A_notice_is_given_up_after_days()
    {
        var sender = new FlakySender(failures: int.MaxValue);
        await using var service = await StartAsync(sender);
        await EnqueueAsync(service, Notice);
        await EventuallyAsync(async () => (await RowsAsync(service)).All(row => row.Attempts > 0));

        service.Clock.Advance(MessageDispatcher.NoticesKept);

        await EventuallyAsync(async () => await WaitingAsync(service) == 0);
    }

    [Fact]
    public async Task What_is_refused_for_good_is_not_tried_again()
    {
        var sender = new FlakySender(failures: int.MaxValue, new MessageRefusedException("no such mailbox"));
        await using var service = await StartAsync(sender);

        await EnqueueAsync(service, Notice);

        await EventuallyAsync(async () => await WaitingAsync(service) == 0);
        sender.Tries.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_not_sent_before_a_stop_is_sent_after_the_start()
    {
        await using (var service = await StartAsync(new FlakySender(failures: int.MaxValue)))
            await EnqueueAsync(service, Notice);
        var sender = new FlakySender(failures: 0);

        await using var restarted = await StartAsync(sender);

        await EventuallyAsync(() => Tick(restarted, sender.Taken.IsEmpty));
        sender.Taken.ShouldBe([Notice]);
    }

    [Fact]
    public async Task One_that_hangs_holds_up_no_other()
    {
        var sender = new FlakySender(failures: 0) { HangsOn = Notice };
        await using var service = await StartAsync(sender);

        await EnqueueAsync(service, Notice);
        await EnqueueAsync(service, Code);
        await EventuallyAsync(() => Tick(service, sender.Taken.IsEmpty));

        sender.Taken.ShouldBe([Code]);
    }

    private Task<TestService> StartAsync(FlakySender sender) =>
        TestService.StartAsync(services: services => services.Replace(ServiceDescriptor.Singleton<IMessageSender>(sender)), data: _data);

    private static Task EnqueueAsync(TestService service, Message message) => service.Services.GetRequiredService<Database>().WriteAsync(
        work =>
        {
            service.Services.GetRequiredService<Outbox>().Enqueue(work, message);
            return Task.CompletedTask;
        },
        default);

    private static Task<List<MessageRow>> RowsAsync(TestService service) =>
        service.Services.GetRequiredService<Database>().ReadAsync(rows => rows.Messages.ToListAsync(), default);

    private static async Task<int> WaitingAsync(TestService service) => (await RowsAsync(service)).Count;

    /// <summary>Lets a second pass, if it is still wanted.</summary>
    private static Task<bool> Tick(TestService service, bool wanted)
    {
        if (wanted)
            service.Clock.Advance(TimeSpan.FromSeconds(1));
        return Task.FromResult(!wanted);
    }

    /// <summary>The dispatcher works on its own time: looks until it is so, for thirty seconds at most.</summary>
    private static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await isSo())
            await look.WaitForNextTickAsync(patience.Token);
    }

    private sealed class FlakySender(int failures, Exception? fault = null) : IMessageSender
    {
        private int _failures = failures;
        private int _tries;

        public ConcurrentQueue<Message> Taken { get; } = new();

        public int Tries => Volatile.Read(ref _tries);

        public Message? HangsOn { get; init; }

        public void Recover() => Volatile.Write(ref _failures, 0);

        public async Task SendAsync(Message message, CancellationToken cancellationToken)
        {
            if (message == HangsOn)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            if (Interlocked.Increment(ref _tries) <= Volatile.Read(ref _failures))
                throw fault ?? new IOException("The server is down.");
            Taken.Enqueue(message);
        }
    }
}
