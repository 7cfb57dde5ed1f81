using AuthService.Client;
using AuthService.Client.Keys;
using AuthService.Protocol;
using AuthService.SystemTests.Harness;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.SystemTests.Attacks;

/// <summary>Many machines guess one person's password at once (design §8, NIST SP 800-63B-4 §3.2.2).</summary>
public sealed class PasswordGuessingTests
{
    private const int Guesses = 1_000;
    private const int Cap = 20;
    private const string HashesDone = "authservice_hashing_duration_seconds_count";

    // Without the limit per identifier, which would let 20 through anyway: what is shown is the count of failures, in the database.
    private static readonly string[] CountingAlone =
        ["RateLimits:Identifier:PerMinute=1000000", "RateLimits:Identifier:Burst=1000000", $"Failures:Free={Cap}", $"Failures:HoldAfter={Cap}"];

    [Fact]
    public async Task Of_a_thousand_wrong_passwords_at_once_no_more_than_the_cap_are_evaluated_and_known_devices_still_get_in()
    {
        using var data = new DataFolder();
        using var phone = SoftwareDeviceKey.Generate();
        var outbox = data.Outbox();
        await using var service = await ServiceProcess.StartAsync(data, CountingAlone);
        var owner = Person.Number(1, "target");
        var remembered = await owner.SignUpAsync(service, outbox);
        using var app = new AuthServiceClient(new AuthServiceClientOptions { Address = service.GrpcAddress });
        await BindAsync(app, owner, outbox, phone);
        var hashedBefore = await Metrics.ReadAsync(service, HashesDone);

        var reasons = await Task.WhenAll(Enumerable.Range(0, Guesses).Select(number => GuessAsync(service, owner, number)));

        reasons.Distinct(StringComparer.Ordinal).ShouldBeSubsetOf([ErrorReasons.InvalidCredentials, ErrorReasons.RateLimited]);
        reasons.Count(reason => reason == ErrorReasons.InvalidCredentials).ShouldBe(Cap);
        (await AuditTrail.ReadAsync(service, data, EventType.LoginFailed)).Count.ShouldBe(Cap);
        (await AuditTrail.ReadAsync(service, data, EventType.AccountHeld)).ShouldHaveSingleItem().AccountId.ShouldBe(remembered.AccountId);
        (await Metrics.ReadAsync(service, HashesDone) - hashedBefore).ShouldBe(Cap, "hashes were computed beyond the cap");
        await outbox.WaitForAsync(owner.Email, "account_held");

        // A stranger who has the right password by now is held; the owner's devices are not.
        (await Refusals.ReasonAsync(service.Logins.LoginAsync(owner.LoginRequest(), ServiceProcess.From(Surroundings.Network(9_999)))))
            .ShouldBe(ErrorReasons.RateLimited);
        (await owner.LogInAsync(service, remembered.DeviceToken)).Session.ShouldNotBeNull();
        (await app.SignInAsync(owner.Email, owner.Password, owner.Home)).ShouldBeOfType<SignInOutcome.SignedIn>();
    }

    /// <summary>The owner's second device: signed in by a code, and bound by a key.</summary>
    private static async Task BindAsync(AuthServiceClient app, Person owner, OutboxFile outbox, SoftwareDeviceKey key)
    {
        var outcome = await app.SignInAsync(owner.Email, owner.Password, owner.Home);
        if (outcome is SignInOutcome.StepUpNeeded { StepUp: var stepUp })
        {
            await app.SendStepUpCodeAsync(stepUp.StepUpId);
            await app.CompleteStepUpAsync(new CompleteStepUpRequest { StepUpId = stepUp.StepUpId, Code = await outbox.NextCodeAsync(owner.Email) });
        }

        await app.BindDeviceAsync(key, "phone", "phone");
    }

    private static async Task<string> GuessAsync(ServiceProcess service, Person owner, int number)
    {
        var guess = owner.LoginRequest();
        guess.Password = $"guess number {number} of very many";
        var network = Surroundings.Network(10_000 + number);
        try
        {
            await Refusals.PatientlyAsync(() => service.Logins.LoginAsync(guess, ServiceProcess.From(network)));
            return "";
        }
        catch (RpcException refusal)
        {
            return AuthServiceException.From(refusal).Reason;
        }
    }
}
