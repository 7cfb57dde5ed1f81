using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using AuthService.Hosting.Errors;

namespace AuthService.Security.Passwords;

/// <summary>Takes a password that somebody chooses: checks it, and hashes it.</summary>
public sealed class NewPasswords(PasswordPolicy policy, PasswordHashing hashing)
{
    /// <param name="field">Where it stands in the request.</param>
    /// <param name="password">What was chosen.</param>
    /// <param name="context">What is known of the account.</param>
    /// <exception cref="Grpc.Core.RpcException"><c>INVALID_FIELD</c>, with all that the policy says; <c>OVERLOADED</c>.</exception>
    public async Task<NewPassword> TakeAsync(string field, Secret<string> password, PasswordContext context, CancellationToken cancellationToken)
    {
        var checkedBy = await policy.CheckAsync(password, context, cancellationToken);
        if (checkedBy is PasswordPolicyResult.Refused refused)
            ThrowRefused(field, refused);
        if (checkedBy is PasswordPolicyResult.Overloaded busy)
            throw CallErrors.Overloaded(busy.RetryAfter);
        var standsAlone = checkedBy is PasswordPolicyResult.Accepted { StandsAlone: true };

        return await hashing.HashAsync(password, cancellationToken) switch
        {
            PasswordHashResult.Hashed hashed => new NewPassword(hashed.Phc, standsAlone),
            PasswordHashResult.Overloaded overloaded => throw CallErrors.Overloaded(overloaded.RetryAfter),
            _ => throw new UnreachableException(),
        };
    }

    [DoesNotReturn]
    private static void ThrowRefused(string field, PasswordPolicyResult.Refused refused)
    {
        var fields = new FieldViolations();
        foreach (var problem in refused.Problems)
            fields.Add(field, problem.Text);
        fields.ThrowIfAny();
        throw new UnreachableException();
    }
}

/// <summary>A password that was accepted.</summary>
/// <param name="Phc">What to store.</param>
/// <param name="StandsAlone">Whether it is long enough for an account without a second factor.</param>
public sealed record NewPassword(string Phc, bool StandsAlone);
