using AuthService.Accounts;
using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Storage;
using AuthService.V1;

namespace AuthService.Login;

/// <summary>Lets a signed-in person show a factor again, for what needs a fresh one.</summary>
internal sealed class StartStepUp(AccountDirectory directory, StepUps stepUps, Database database, AuditTrail audit)
{
    public async Task<StartStepUpResponse> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var user = call.User;
        var account = await directory.FindAsync(user.Account, cancellationToken) ?? throw CallErrors.NotFound("account");
        var stepUp = await database.WriteAsync(
            work =>
            {
                audit.Record(work, new AuditEntry(EventType.StepUpStarted, call) { Account = account.Id, Keys = account.Keys, Session = user.Session });
                return stepUps.BeginFreshAsync(work, account, call, user.Session, cancellationToken);
            },
            cancellationToken);
        return new StartStepUpResponse { StepUp = stepUp };
    }
}
