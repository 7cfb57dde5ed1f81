using System.Text;
using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.Storage;
using AuthService.V1;
using Google.Rpc;
using Google.Type;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using AuthService.Tests.Stores;

namespace AuthService.Tests.Accounts;

public sealed class CreateAccountTests : IAsyncLifetime
{
    private TestService _service = null!;

    public async Task InitializeAsync() => _service = await TestService.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_sign_up_with_nothing_in_it_learns_all_that_is_missing_at_once()
    {
        var refusal = await RefusalOf(new CreateAccountRequest());

        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
        refusal.Fields().ShouldBe(["birth_date", "contact", "locale", "password", "policy_version", "region"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_sign_up_for_another_region_is_told_which_one_is_served()
    {
        var refusal = await RefusalOf(SignUpForm.For("ada@example.org", request => request.Region = "fr"));

        refusal.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        refusal.Reason().ShouldBe(ErrorReasons.WrongRegion);
        refusal.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["region"].ShouldBe("de");
    }

    [Fact]
    public async Task A_policy_that_is_not_the_current_one_is_not_accepted()
    {
        var refusal = await RefusalOf(SignUpForm.For("ada@example.org", request => request.PolicyVersion = "0"));

        refusal.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        refusal.Reason().ShouldBe(ErrorReasons.PolicyNotAccepted);
    }

    [Fact]
    public async Task Where_no_SMS_can_be_sent_a_phone_number_is_refused_and_named()
    {
        var mailOnly = new MessageChannels(
            Options.Create(new MessagingOptions { Smtp = { Host = "mail.example.org" } }), new HostingEnvironment { EnvironmentName = "Production" });
        await using var service = await TestService.StartAsync(services: services => services.Replace(ServiceDescriptor.Singleton(mailOnly)));

        var refusal = await Refusals.OfAsync(service.Accounts.CreateAccountAsync(
            SignUpForm.For("", request => request.PhoneNumber = "+4915112345678"), TestService.From(SignUpForm.Home)));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
        refusal.Fields().ShouldBe(["phone_number"]);
    }

    [Theory]
    [InlineData(2010, 11, 23, true)]
    [InlineData(2010, 11, 24, false)]
    [InlineData(2026, 11, 23, false)]
    public async Task The_age_gate_opens_on_the_birthday(int year, int month, int day, bool admitted)
    {
        var request = SignUpForm.For("ada@example.org", request => request.BirthDate = new Date { Year = year, Month = month, Day = day });

        var reason = admitted ? await CreateAsync(request) : (await RefusalOf(request)).Reason();

        reason.ShouldBe(admitted ? "created" : ErrorReasons.AgeGate);
    }

    [Fact]
    public async Task No_code_ever_verifies_a_sign_up_on_somebody_elses_contact()
    {
        var owner = await Person.SignUpAsync(_service);
        var id = await SignUpForm.CreateAsync(_service, SignUpForm.For(owner.Email));

        var reasons = new List<string>();
        for (var code = 0; code < 6; code++)
            reasons.Add((await Refusals.OfAsync(() => SignUpForm.VerifyAsync(_service, id, $"00000{code}"))).Reason());

        reasons.ShouldBe([.. Enumerable.Repeat(ErrorReasons.InvalidCode, 5), ErrorReasons.StepUpExpired]);
    }

    [Fact]
    public async Task A_request_that_is_sent_again_is_answered_the_same_and_done_once()
    {
        var request = SignUpForm.For("ada@example.org", request => request.RequestId = "first");

        var first = await SignUpForm.CreateAsync(_service, request);
        var between = await RowCounts.OfAsync(_service);
        var second = await SignUpForm.CreateAsync(_service, request);

        second.ShouldBe(first);
        Without("Messages", RowCounts.Difference(between, await RowCounts.OfAsync(_service))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_id_that_comes_with_another_request_is_refused()
    {
        await SignUpForm.CreateAsync(_service, SignUpForm.For("ada@example.org", request => request.RequestId = "first"));

        var refusal = await RefusalOf(SignUpForm.For("ada@example.org", request =>
        {
            request.RequestId = "first";
            request.GivenName = "Augusta";
        }));

        refusal.Fields().ShouldBe(["request_id"]);
    }

    [Fact]
    public async Task One_contact_gets_a_bounded_number_of_messages_whether_it_is_known_or_not()
    {
        var owner = await Person.SignUpAsync(_service);

        var (known, unknown) = (await AdmittedAsync(owner.Email), await AdmittedAsync("ada@example.org"));

        // For each network that asks, so that no stranger uses up what the owner may need.
        known.ShouldBe(5);
        unknown.ShouldBe(5);
    }

    [Fact]
    public async Task What_the_database_holds_of_a_person_cannot_be_read()
    {
        await SignUpForm.CreateAsync(_service, SignUpForm.For("ada@example.org"));

        var files = await TestStore.FilesAsync(_service);

        files.Exists(file => Contains(file, "authservice.v1.AccountService/CreateAccount")).ShouldBeTrue("else nothing was looked at");
        foreach (var secret in new[] { "ada@example.org", "Lovelace", "St James", Person.Password, "Waldhaus", "3c:a6:2f:11:22:33", "1990" })
            files.Exists(file => Contains(file, secret)).ShouldBeFalse(secret);
    }

    private static bool Contains(byte[] file, string text) => file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private async Task<string> CreateAsync(CreateAccountRequest request) =>
        (await SignUpForm.CreateAsync(_service, request)).Length > 0 ? "created" : "";

    private async Task<int> AdmittedAsync(string email)
    {
        for (var admitted = 0; ; admitted++)
        {
            try
            {
                await SignUpForm.CreateAsync(_service, SignUpForm.For(email));
            }
            catch (RpcException refusal)
            {
                refusal.Reason().ShouldBe(ErrorReasons.RateLimited);
                return admitted;
            }
        }
    }

    private Task<RpcException> RefusalOf(CreateAccountRequest request) =>
        Refusals.OfAsync(_service.Accounts.CreateAccountAsync(request, TestService.From(SignUpForm.Home)));

    private static IEnumerable<KeyValuePair<string, long>> Without(string table, IReadOnlyDictionary<string, long> counts) =>
        counts.Where(entry => entry.Key != table).OrderBy(entry => entry.Key, StringComparer.Ordinal);
}
