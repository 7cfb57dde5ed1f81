using AuthService.Client;
using AuthService.SystemTests.Harness;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.SystemTests.Faults;

/// <summary>People who sign up and people who log in, all at once, until the service is gone.</summary>
public sealed class Crowd(ServiceProcess service, OutboxFile outbox, AcknowledgedWork work)
{
    private readonly CancellationTokenSource _gone = new();
    private int _signUps;

    /// <summary>Signs up one newcomer after another. Returns when a call is answered by nobody.</summary>
    public Task SignUpAsync() => UntilGoneAsync(async () =>
    {
        var person = Person.Number(1_000 + Interlocked.Increment(ref _signUps), "newcomer");
        var verificationId = "";
        await work.CallAsync(
            () => Refusals.PatientlyAsync(() => service.Accounts.CreateAccountAsync(person.SignUpRequest(), ServiceProcess.From(person.Network))),
            created => work.SignUpsBegun[verificationId = created.VerificationId] = person);

        // The code has to come from a service that lives: without one, nobody waits half a minute for it.
        var code = await outbox.NextCodeAsync(person.Email, _gone.Token);
        await work.CallAsync(
            () => person.VerifyAsync(service, verificationId, code),
            session =>
            {
                work.SignedUp.Add((person, session));
                work.SignUpsBegun.TryRemove(verificationId, out _);
            });
    });

    /// <summary>Logs one person in again and again. Returns when a call is answered by nobody.</summary>
    public Task LogInAsync(Person person, string deviceToken) => UntilGoneAsync(() => work.CallAsync(
        () => person.LogInAsync(service, deviceToken),
        answer =>
        {
            answer.Session.ShouldNotBeNull("a known device at home was asked for a step-up");
            deviceToken = answer.Session.DeviceToken;
            work.LoggedIn.Add((person, answer.Session));
        }));

    private async Task UntilGoneAsync(Func<Task> act)
    {
        while (true)
        {
            try
            {
                await act();
            }
            catch (RpcException problem) when (AuthServiceException.From(problem).Reason.Length == 0)
            {
                // Whatever the service says comes with a reason: this is a connection that broke.
                await _gone.CancelAsync();
                return;
            }
            catch (OperationCanceledException) when (_gone.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
