using AuthService.Messaging;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>An account, as its owner sees it.</summary>
internal static class AccountMessages
{
    public static async Task<Account> OfAsync(AuthDbContext rows, AccountRow row, AccountKeys keys, CancellationToken cancellationToken)
    {
        var consents = await rows.Consents
            .Where(consent => consent.AccountId == row.Id && consent.DeviceId == "" && consent.WithdrawnAt == null)
            .OrderBy(consent => consent.Purpose)
            .Select(consent => (ConsentPurpose)consent.Purpose)
            .ToListAsync(cancellationToken);
        return new Account
        {
            AccountId = row.Id,
            Email = PersonalFields.Open(keys, OwnerNotices.EmailField, row.EmailSealed),
            PhoneNumber = PersonalFields.Open(keys, OwnerNotices.PhoneNumberField, row.PhoneNumberSealed),
            Region = keys.Account.Region,
            PolicyVersion = row.PolicyVersion,
            Locale = row.Locale,
            Consents = { consents },
            GivenName = PersonalFields.Open(keys, PersonalFields.GivenName, row.GivenNameSealed),
            FamilyName = PersonalFields.Open(keys, PersonalFields.FamilyName, row.FamilyNameSealed),
            Address = PersonalFields.Open(keys, PersonalFields.Address, row.AddressSealed),
            CreateTime = row.CreatedAt.ToTimestamp(),
            UpdateTime = row.UpdatedAt.ToTimestamp(),
        };
    }
}
