using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Tests.Accounts;

/// <summary>Nobody learns from an answer, or from what it writes, whether a contact has an account.</summary>
public sealed class EnumerationTests : IAsyncLifetime
{
    private TestService _service = null!;
    private Person _person = null!;

    public async Task InitializeAsync()
    {
        _service = await TestService.StartAsync();
        _person = await Person.SignUpAsync(_service);
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_sign_up_on_a_contact_with_an_account_is_answered_and_written_alike_and_its_owner_is_told()
    {
        var before = await RowCounts.OfAsync(_service);
        var free = await _service.Accounts.CreateAccountAsync(SignUpForm.For("new@example.org"), TestService.From(SignUpForm.Home));
        await _service.Messages.NextToAsync("new@example.org");
        var between = await RowCounts.OfAsync(_service);

        var taken = await _service.Accounts.CreateAccountAsync(SignUpForm.For(_person.Email), TestService.From(SignUpForm.Home));
        var notice = await _service.Messages.NextToAsync(_person.Email);
        var after = await RowCounts.OfAsync(_service);

        taken.VerificationId.Length.ShouldBe(free.VerificationId.Length);
        Written(between, after).ShouldBe(Written(before, between));
        notice.Template.ShouldBe(MessageTemplate.SignUpOnYourContact);
        notice.Code.ShouldBeNull();
        notice.Locale.ShouldBe("de-DE");
        (await EventsAsync(_person.AccountId)).ShouldContain(EventType.SignUpOnExistingContact);
    }

    [Fact]
    public async Task A_contact_of_somebody_else_is_answered_and_written_alike_and_never_changes_hands()
    {
        var other = await Person.SignUpAsync(_service);
        var before = await RowCounts.OfAsync(_service);
        var free = await UpdateAsync(new Account { Email = "new@example.org" }, "email");
        await _service.Messages.NextToAsync("new@example.org");
        var between = await RowCounts.OfAsync(_service);

        var taken = await UpdateAsync(new Account { Email = other.Email }, "email");
        var notice = await _service.Messages.NextToAsync(other.Email);
        var after = await RowCounts.OfAsync(_service);

        taken.VerificationId.Length.ShouldBe(free.VerificationId.Length);
        notice.Template.ShouldBe(MessageTemplate.SignUpOnYourContact);
        Written(between, after).ShouldBe(Written(before, between));
        (await Refusals.OfAsync(_service.Accounts.VerifyContactAsync(
            new VerifyContactRequest { VerificationId = taken.VerificationId, Code = "123456" }, _person.AsSelf))).Reason().ShouldBe(ErrorReasons.InvalidCode);
    }

    [Fact]
    public async Task A_recovery_of_an_unknown_contact_answers_alike_and_writes_the_same_rows()
    {
        var before = await RowCounts.OfAsync(_service);
        var known = await _service.Accounts.StartRecoveryAsync(new StartRecoveryRequest { Identifier = _person.Email }, TestService.From(SignUpForm.Home));
        await _service.Messages.NextToAsync(_person.Email);
        var between = await RowCounts.OfAsync(_service);

        var unknown = await _service.Accounts.StartRecoveryAsync(
            new StartRecoveryRequest { Identifier = "nobody@example.org" }, TestService.From(SignUpForm.Home));
        var after = await RowCounts.OfAsync(_service);

        unknown.RecoveryId.Length.ShouldBe(known.RecoveryId.Length);
        Written(between, after).ShouldBe(Written(before, between));
        _service.Messages.All.ShouldNotContain(message => message.To == "nobody@example.org");
    }

    private async Task<UpdateAccountResponse> UpdateAsync(Account account, string path) => await _service.Accounts.UpdateAccountAsync(
        new UpdateAccountRequest { Account = account, UpdateMask = new FieldMask { Paths = { path } } }, _person.AsSelf);

    private async Task<IEnumerable<EventType>> EventsAsync(string account) =>
        (await _service.Audit.ListEventsAsync(new ListEventsRequest { AccountId = account }, _service.AsAdmin)).Events.Select(entry => entry.Type);

    /// <summary>What was written; messages come and go on their own.</summary>
    private static IEnumerable<KeyValuePair<string, long>> Written(IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> after) =>
        RowCounts.Difference(before, after).Where(entry => entry.Key != "Messages").OrderBy(entry => entry.Key, StringComparer.Ordinal);
}
