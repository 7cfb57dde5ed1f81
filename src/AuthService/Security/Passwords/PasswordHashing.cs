using System.Security.Cryptography;
using AuthService.Security.Keys;
using Microsoft.Extensions.Options;

namespace AuthService.Security.Passwords;

/// <summary>Hashes and verifies passwords behind the hashing gate. Thread-safe.</summary>
/// <remarks>
/// The strings that hold a password belong to the runtime and cannot be overwritten; every copy made of them here is. What waits
/// at the gate is the peppered digest, not the password.
/// </remarks>
public sealed class PasswordHashing
{
    private readonly IArgon2id _argon2id;
    private readonly HashingGate _gate;
    private readonly Keyring _keyring;
    private readonly Argon2idCost _cost;
    private readonly ILogger _logger;

    internal PasswordHashing(
        IArgon2id argon2id, HashingGate gate, Keyring keyring, IOptions<PasswordHashOptions> options, ILogger<PasswordHashing> logger)
    {
        _argon2id = argon2id;
        _gate = gate;
        _keyring = keyring;
        _cost = options.Value.Cost;
        _logger = logger;
    }

    /// <summary>Hashes a password that the policy accepted.</summary>
    /// <exception cref="ArgumentException">The policy cannot have accepted this: it is no Unicode text, or far too long.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while it waited; nothing was hashed.</exception>
    public async Task<PasswordHashResult> HashAsync(Secret<string> password, CancellationToken cancellationToken)
    {
        if (!PasswordText.TryParse(password, out var text))
            throw new ArgumentException("Not a password that the policy accepts.", nameof(password));

        var pepper = _keyring.Current(KeyUse.Pepper);
        var salt = RandomNumberGenerator.GetBytes(PasswordHash.SaltSize);
        var answer = await ComputeAsync(text, pepper, salt, _cost, cancellationToken);
        return answer.Overloaded
            ? new PasswordHashResult.Overloaded(answer.RetryAfter.Value)
            : new PasswordHashResult.Hashed(new PasswordHash(_cost, pepper.Id, salt, answer.Value).ToString());
    }

    /// <summary>Compares a password with a stored hash.</summary>
    /// <remarks>
    /// Takes one hash's time whatever the outcome: what cannot match, because the password is no text or the stored hash no hash,
    /// is compared with one that nothing matches.
    /// </remarks>
    /// <exception cref="OperationCanceledException">Cancelled while it waited; nothing was hashed.</exception>
    public async Task<PasswordVerifyResult> VerifyAsync(Secret<string> password, string phc, CancellationToken cancellationToken)
    {
        var isText = PasswordText.TryParse(password, out var text);
        var (stored, pepper) = Find(phc);

        var answer = await ComputeAsync(text, pepper, stored.Salt, stored.Cost, cancellationToken);
        if (answer.Overloaded)
            return new PasswordVerifyResult.Overloaded(answer.RetryAfter.Value);

        var matches = stored.IsHash(answer.Value) && isText;
        return new PasswordVerifyResult.Verified((matches, IsCurrent(stored)) switch
        {
            (false, _) => PasswordVerification.Failed,
            (true, false) => PasswordVerification.SuccessRehashNeeded,
            (true, true) => PasswordVerification.Success,
        });
    }

    /// <summary>
    /// A hash that no password has, at the current cost and pepper: for an identifier that nobody owns, whose login must take as
    /// long as anybody's. Costs no time; make it when it is needed rather than store it, or its cost stays behind.
    /// </summary>
    public string CreateUnmatchable() => Unmatchable().ToString();

    private PasswordHash Unmatchable() => new(
        _cost,
        _keyring.Current(KeyUse.Pepper).Id,
        RandomNumberGenerator.GetBytes(PasswordHash.SaltSize),
        RandomNumberGenerator.GetBytes(PasswordHash.HashSize));

    /// <summary>The stored hash and its pepper; an unmatchable one if it is of no use.</summary>
    private (PasswordHash Stored, Key Pepper) Find(string phc)
    {
        if (!PasswordHash.TryParse(phc, out var stored))
            _logger.StoredHashMalformed();
        else if (!_keyring.TryGet(KeyUse.Pepper, stored.Pepper, out var pepper))
            _logger.PepperMissing(stored.Pepper.Value);
        else
            return (stored, pepper);

        return (Unmatchable(), _keyring.Current(KeyUse.Pepper));
    }

    private bool IsCurrent(PasswordHash stored) => stored.Cost == _cost && stored.Pepper == _keyring.Current(KeyUse.Pepper).Id;

    private async Task<Gated<byte[]>> ComputeAsync(
        PasswordText text, Key pepper, byte[] salt, Argon2idCost cost, CancellationToken cancellationToken)
    {
        var peppered = text.Mac(pepper);
        try
        {
            return await _gate.RunAsync(() => _argon2id.Hash(peppered, salt, cost), cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(peppered);
        }
    }
}
