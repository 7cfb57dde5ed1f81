using AuthService.Accounts;
using AuthService.Messaging;
using AuthService.Security.Keys;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests;

/// <summary>
/// An account that was put into the database, for tests of what comes after sign-up and login: no hash, no message, no wait.
/// <see cref="Person"/> is for those of the way there.
/// </summary>
public sealed class SeededAccount
{
    private static int s_count;

    private readonly TestService _service;

    private SeededAccount(TestService service, AccountKeys keys, string email) => (_service, Keys, Email) = (service, keys, email);

    public AccountKeys Keys { get; }

    public string Email { get; }

    public AccountId Id => Keys.Account;

    /// <param name="consents">For the account as a whole.</param>
    /// <param name="change">Last word on the row.</param>
    public static async Task<SeededAccount> CreateAsync(
        TestService service, IReadOnlyList<ConsentPurpose>? consents = null, Action<AccountRow>? change = null)
    {
        var keys = await service.Services.GetRequiredService<AccountKeyStore>()
            .CreateAsync(AccountId.Create("de", service.Clock), CancellationToken.None);
        var email = $"seeded{Interlocked.Increment(ref s_count)}@example.org";
        Contact.TryParseEmail(email, out var contact).ShouldBeTrue();
        await service.Services.GetRequiredService<Database>().WriteAsync(
            work =>
            {
                var row = new AccountRow
                {
                    Id = keys.Account.Value,
                    CreatedAt = work.Now,
                    UpdatedAt = work.Now,
                    VerifiedAt = work.Now,
                    PasswordHash = "",
                    PasswordChangedAt = work.Now,
                    PolicyVersion = "1",
                    Locale = "en",
                    EmailSealed = Sealing.Seal(keys, OwnerNotices.EmailField, email),
                };
                change?.Invoke(row);
                work.Rows.Accounts.Add(row);
                work.Rows.Contacts.Add(service.Services.GetRequiredService<ContactIndex>().RowOf(keys.Account, contact));
                work.Rows.Consents.AddRange((consents ?? []).Select(purpose => new ConsentRow
                {
                    AccountId = row.Id,
                    DeviceId = "",
                    Purpose = (int)purpose,
                    GrantedAt = work.Now,
                    PolicyVersion = "1",
                }));
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return new SeededAccount(service, keys, email);
    }

    /// <summary>Opens a session that is bound to no key, with the password just passed.</summary>
    public Task<Session> SignInAsync() => _service.Services.GetRequiredService<Database>().WriteAsync(
        work => _service.Services.GetRequiredService<SessionIssuer>().OpenAsync(
            work, new SessionGrant(Id, Device: null, [FactorKind.Password], RiskLevel.Low, RequestId: ""), CancellationToken.None),
        CancellationToken.None);

    public static Metadata As(Session session) => TestService.Bearer(session.AccessToken);
}

/// <summary>One service for all tests of a class: each test makes accounts of its own.</summary>
public sealed class SharedService : IAsyncLifetime
{
    public TestService Service { get; private set; } = null!;

    public async Task InitializeAsync() => Service = await TestService.StartAsync();

    public Task DisposeAsync() => Service.DisposeAsync().AsTask();
}
