using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AuthService.Tests.Sessions;

public sealed class SessionFeedTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly TestService _service = shared.Service;

    [Fact]
    public async Task A_flood_of_changes_leaves_a_bounded_number_in_memory_and_who_is_further_behind_misses_none()
    {
        const int most = SessionFeed.Remembered + 2_000;
        var sut = _service.Services.GetServices<IHostedService>().OfType<SessionFeed>().Single();
        var before = sut.Sequence;
        await _service.Services.GetRequiredService<Database>().WriteAsync(
            work =>
            {
                for (var number = 0; number < most; number++)
                    work.Rows.SessionChanges.Add(new SessionChangeRow { SessionId = SessionId.Create("de", _service.Clock).Value, AccountId = "acc", Kind = SessionEffect.Ended, At = work.Now });
                return Task.CompletedTask;
            },
            CancellationToken.None);

        await sut.LookAsync(CancellationToken.None);
        var behind = await sut.AfterAsync(before, most: 500, CancellationToken.None);

        sut.RememberedNow.ShouldBe(SessionFeed.Remembered);
        (behind.Count, behind[0].Sequence).ShouldBe((500, before + 1));
    }
}
