using AuthService.Sessions;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace AuthService.Tests.Sessions;

public sealed class RefreshFamilyTests
{
    private static readonly FakeTimeProvider Clock = new();
    private static readonly AccountId Account = AccountId.Create("de", Clock);
    private static readonly SessionId Session = SessionId.Create("de", Clock);

    /// <summary>Which of the tokens handed out so far is presented, counted from the newest, after how many seconds.</summary>
    private static readonly Gen<(int FromNewest, int Seconds)[]> Presentations =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 40]).Array[1, 30];

    [Fact]
    public void However_tokens_are_presented_none_ever_gets_two_successors()
    {
        Presentations.Sample(presentations =>
        {
            var family = new Family();
            foreach (var (fromNewest, seconds) in presentations)
                family.Present(Math.Max(0, family.HandedOut.Count - 1 - fromNewest), seconds);

            family.HandedOut.Select(token => token.Text).ShouldBeUnique();
        });
    }

    [Fact]
    public void However_tokens_are_presented_only_the_last_two_can_still_be_exchanged()
    {
        Presentations.Sample(presentations =>
        {
            var family = new Family();
            foreach (var (fromNewest, seconds) in presentations)
            {
                var (at, count) = (Math.Max(0, family.HandedOut.Count - 1 - fromNewest), family.HandedOut.Count);
                var move = family.Present(at, seconds);
                if (at < count - 2)
                    move.ShouldBe(RefreshMove.Reuse);
            }
        });
    }

    /// <summary>A session's row and the tokens that it handed out, without a service around it.</summary>
    private sealed class Family
    {
        private readonly SessionRow _row;
        private DateTimeOffset _now = Clock.GetUtcNow();

        public Family()
        {
            HandedOut = [Token(0)];
            _row = new SessionRow { Id = Session.Value, AccountId = Account.Value, CurrentHash = HandedOut[0].Hash };
        }

        public List<RefreshToken> HandedOut { get; }

        public RefreshMove Present(int at, int seconds)
        {
            _now += TimeSpan.FromSeconds(seconds);
            var presented = HandedOut[at];
            var move = RefreshFamily.Judge(_row, presented, proven: false, _now);
            if (move == RefreshMove.Exchange)
            {
                HandedOut.Add(Token(presented.Generation + 1));
                RefreshFamily.Exchange(_row, presented, HandedOut[^1], _now);
            }
            else if (move == RefreshMove.Repeat)
            {
                RefreshFamily.Successor(_row, presented).ShouldBe(HandedOut[at + 1].Text);
            }

            return move;
        }

        private static RefreshToken Token(int generation) =>
            new($"token-{generation}-{Guid.CreateVersion7():N}", Account, Session, generation);
    }
}
