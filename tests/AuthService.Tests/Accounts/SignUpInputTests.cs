using AuthService.Protocol;
using AuthService.V1;
using Google.Type;
using Grpc.Core;

namespace AuthService.Tests.Accounts;

public sealed class SignUpInputTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly TestService _service = shared.Service;

    public static TheoryData<string, Action<CreateAccountRequest>> BadFields => new()
    {
        { "request_id", request => request.RequestId = new string('x', 65) },
        { "request_id", request => request.RequestId = "a b" },
        { "email", request => request.Email = "" },
        { "email", request => request.Email = "ada" },
        { "email", request => request.Email = "ada\0@example.org" },
        { "email", request => request.Email = new string('a', 300_000) + "@example.org" },
        { "phone_number", request => request.PhoneNumber = "0151 12345678" },
        { "password", request => request.Password = "walrus teapot" },
        { "password", request => request.Password = "passwordpassword" },
        { "password", request => request.Password = new string('a', 100_000) },
        { "password", request => request.Password = "AdaLovelaceAdaLovelace" },
        { "birth_date", request => request.BirthDate = new Date { Year = 2001, Month = 2, Day = 30 } },
        { "birth_date", request => request.BirthDate = new Date { Year = 2001, Month = 2 } },
        { "birth_date", request => request.BirthDate = new Date { Year = 2001, Month = 13, Day = 1 } },
        { "birth_date", request => request.BirthDate = new Date { Year = -1, Month = 1, Day = 1 } },
        { "birth_date", request => request.BirthDate = new Date { Year = 10_000, Month = 1, Day = 1 } },
        { "birth_date", request => request.BirthDate = new Date { Year = 2027, Month = 1, Day = 1 } },
        { "birth_date", request => request.BirthDate = new Date { Year = 1850, Month = 1, Day = 1 } },
        { "region", request => request.Region = "Germany" },
        { "region", request => request.Region = "DE" },
        { "policy_version", request => request.PolicyVersion = new string('1', 33) },
        { "locale", request => request.Locale = "german, please" },
        { "locale", request => request.Locale = "de-" },
        { "consents", request => request.Consents.Add(ConsentPurpose.Unspecified) },
        { "consents", request => request.Consents.Add((ConsentPurpose)99) },
        { "given_name", request => request.GivenName = new string('n', 129) },
        { "given_name", request => request.GivenName = "Ada\0" },
        { "family_name", request => request.FamilyName = new string('n', 129) },
        { "address", request => request.Address = new string('a', 513) },
        { "address", request => request.Address = "London\0" },
        { "environment.wifi.bssid", request => request.Environment.Wifi.Bssid = "not a bssid" },
    };

    [Theory]
    [MemberData(nameof(BadFields))]
    public async Task A_field_that_is_not_good_is_named_and_nothing_is_changed(string field, Action<CreateAccountRequest> spoil)
    {
        var before = await RowCounts.OfAsync(_service);

        var refusal = await RefusalOf(SignUpForm.For("ada@example.org", spoil));

        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
        refusal.Fields().Distinct().ShouldBe([field]);
        RowCounts.Difference(before, await RowCounts.OfAsync(_service)).ShouldBeEmpty();
    }

    private Task<RpcException> RefusalOf(CreateAccountRequest request) =>
        Refusals.OfAsync(_service.Accounts.CreateAccountAsync(request, TestService.From(SignUpForm.Home)));
}
