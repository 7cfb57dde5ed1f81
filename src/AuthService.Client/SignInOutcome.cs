using AuthService.Client.Sessions;
using AuthService.V1;

namespace AuthService.Client;

/// <summary>What became of a sign-in that was not refused. Exactly one of the two, so a closed set.</summary>
public abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    /// <summary>Signed in; the session is stored.</summary>
    public sealed record SignedIn(ClientSession Session) : SignInOutcome;

    /// <summary>The surroundings are not known well enough: pass one of the factors, then call CompleteStepUpAsync.</summary>
    public sealed record StepUpNeeded(StepUp StepUp) : SignInOutcome;
}
