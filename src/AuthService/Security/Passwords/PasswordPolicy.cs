using Microsoft.Extensions.Options;

namespace AuthService.Security.Passwords;

/// <summary>
/// Which passwords may be chosen (NIST SP 800-63B-4 §3.1.1.2): long enough, not common, not personal, not soon guessed. Any
/// character, spaces too; no rules of composition.
/// </summary>
public sealed class PasswordPolicy
{
    private readonly PasswordPolicyOptions _options;
    private readonly HashingGate _gate;

    internal PasswordPolicy(IOptions<PasswordPolicyOptions> options, HashingGate gate)
    {
        _options = options.Value;
        _gate = gate;
    }

    /// <summary>Accepts a new password, or says all that is wrong with it.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while it waited at the hashing gate.</exception>
    public async Task<PasswordPolicyResult> CheckAsync(Secret<string> password, PasswordContext context, CancellationToken cancellationToken)
    {
        if (!PasswordText.IsUnicode(password.Value))
            return new PasswordPolicyResult.Refused([PasswordProblem.Malformed]);

        if (!PasswordText.TryParse(password, out var text))
            return new PasswordPolicyResult.Refused([PasswordProblem.TooLong(_options.Maximum)]);

        var personal = new PersonalWords(context, _options.ServiceWords);
        var problems = Problems(text, context, personal).ToList();
        if (problems.Count > 0)
            return new PasswordPolicyResult.Refused(problems);

        // Estimating costs as much as hashing does, so it takes its turn with the hashes, and only when nothing else is wrong.
        var score = await _gate.RunAsync(() => PasswordStrength.Score(text, personal.Words), cancellationToken);
        return score switch
        {
            { Overloaded: true } => new PasswordPolicyResult.Overloaded(score.RetryAfter.Value),
            { Value: var value } when value < _options.MinimumScore => new PasswordPolicyResult.Refused([PasswordProblem.Guessable]),
            _ => new PasswordPolicyResult.Accepted(StandsAlone: text.Length >= _options.MinimumAlone),
        };
    }

    private IEnumerable<PasswordProblem> Problems(PasswordText text, PasswordContext context, PersonalWords personal)
    {
        var length = text.Length;
        var minimum = context.HasSecondFactor ? _options.MinimumWithSecondFactor : _options.MinimumAlone;
        if (length < minimum)
            yield return PasswordProblem.TooShort(minimum);

        if (length > _options.Maximum)
            yield return PasswordProblem.TooLong(_options.Maximum);

        if (CommonPasswords.Contains(text))
            yield return PasswordProblem.Common;

        if (personal.MakeUp(text))
            yield return PasswordProblem.Personal;
    }
}
