using AuthService.Hosting.Calls;
using AuthService.Security;
using AuthService.Security.Keys;
using AuthService.Security.Proofs;
using AuthService.Storage;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Accounts;

/// <summary>What a code is to prove.</summary>
/// <param name="Keys">Of the account: the one that is pending, that changes its contact, that is recovered; or of a decoy.</param>
/// <param name="Contact">Where the code goes.</param>
/// <param name="Code">The code, or null where none can ever fit.</param>
/// <param name="Environment">The surroundings of a sign-up, sealed, or null.</param>
/// <param name="IsCountersigned">Of a change of contact: whether a trusted guard vouched for it.</param>
internal sealed record NewVerification(
    VerificationPurpose Purpose, AccountKeys Keys, Contact Contact, Secret<string>? Code, byte[]? Environment = null, bool IsCountersigned = false);

/// <summary>What came of a code that was presented.</summary>
internal enum CodeOutcome
{
    /// <summary>There is none such, or it is over: expired, used, or out of tries.</summary>
    Over,

    /// <summary>It came from another network or device than the one that asked. No try is taken: nobody else can use them up.</summary>
    Elsewhere,

    Wrong,
    Right,

    /// <summary>Right, and used already, by this same request.</summary>
    Repeated,
}

/// <summary>Codes on their way to contacts: what is written down when one is sent, and what counts when it comes back.</summary>
internal sealed class Verifications(OneTimeCodes codes, Requesters requesters, RequestIds requestIds, IOptions<AccountOptions> options)
{
    /// <summary>Equal to no MAC that anybody will see.</summary>
    private static readonly byte[] FitsNothing = new byte[32];

    /// <summary>The code did what it was for; the same request may use it again while it lives.</summary>
    public void MarkUsed(Work work, VerificationRow row, string requestId) =>
        (row.UsedAt, row.UsedByRequestId) = (work.Now, requestIds.Fingerprint(requestId));

    /// <returns>The id, by which the code is asked for.</returns>
    public string Add(Work work, NewVerification what, Call call)
    {
        var id = SecretTokens.Create(what.Purpose == VerificationPurpose.Recovery ? "rec" : "ver").Text.Value;
        work.Rows.Verifications.Add(new VerificationRow
        {
            Id = id,
            Purpose = what.Purpose,
            AccountId = what.Keys.Account.Value,
            Channel = what.Contact.Kind,
            ContactSealed = Sealing.Seal(what.Keys, PersonalFields.NameOf(what.Contact.Kind), what.Contact.Value),
            CodeHash = what.Code is { } code ? codes.Hash(id, code) : null,
            RequesterToken = requesters.TokenOf(call),
            Environment = what.Environment,
            IsCountersigned = what.IsCountersigned,
            CreatedAt = work.Now,
            ExpiresAt = work.Now + options.Value.CodeLifetime,
        });
        return id;
    }

    /// <summary>Judges a code. The transaction must be committed whatever comes of it: it holds the count of tries.</summary>
    /// <param name="requestId">Of the call that presents it: the request that used a code may use it again while it lives.</param>
    public async Task<(CodeOutcome Outcome, VerificationRow? Row)> TryAsync(
        Work work, string id, Secret<string> code, string requestId, Call call, CancellationToken cancellationToken)
    {
        // 1. it lives
        var row = await work.Rows.Verifications.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (row is null || row.ExpiresAt <= work.Now || row.Attempts >= options.Value.CodeTries)
            return (CodeOutcome.Over, row);

        // 2. it was not used, or by this very request
        if (row.UsedAt is not null && (requestIds.Fingerprint(requestId) is not { } request || row.UsedByRequestId != request))
            return (CodeOutcome.Over, row);

        // 3. it comes from where it was asked for
        if (!requesters.IsSame(call, row.RequesterToken))
            return (CodeOutcome.Elsewhere, row);

        // 4. a try is taken, and given back if it was right
        row.Attempts++;
        if (!codes.IsMatch(row.Id, code, row.CodeHash ?? FitsNothing))
            return (CodeOutcome.Wrong, row);
        row.Attempts--;
        return (row.UsedAt is null ? CodeOutcome.Right : CodeOutcome.Repeated, row);
    }

    /// <summary>The contact that a code went to.</summary>
    public static Contact ContactOf(VerificationRow row, AccountKeys keys) =>
        Sealing.TryOpenText(keys, PersonalFields.NameOf(row.Channel), row.ContactSealed, out var text) && Contact.TryParse(text, out var contact)
            ? contact
            : throw new InvalidOperationException("The contact of a verification does not open.");
}
