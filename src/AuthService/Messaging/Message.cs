using System.Text.Json.Serialization;
using AuthService.Storage.Rows;

namespace AuthService.Messaging;

/// <summary>What a message is about. The name goes into the outbox of Development.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageTemplate>))]
public enum MessageTemplate
{
    /// <summary>Carries the code that finishes a sign-up.</summary>
    [JsonStringEnumMemberName("verify_contact")]
    VerifyContact,

    /// <summary>Carries the code that confirms a new contact.</summary>
    [JsonStringEnumMemberName("change_contact")]
    ChangeContact,

    /// <summary>Carries the code of a step-up.</summary>
    [JsonStringEnumMemberName("step_up")]
    StepUp,

    /// <summary>Carries the code of a recovery.</summary>
    [JsonStringEnumMemberName("recovery")]
    Recovery,

    [JsonStringEnumMemberName("sign_up_on_your_contact")]
    SignUpOnYourContact,

    [JsonStringEnumMemberName("contact_changed")]
    ContactChanged,

    [JsonStringEnumMemberName("password_changed")]
    PasswordChanged,

    [JsonStringEnumMemberName("account_recovered")]
    AccountRecovered,

    /// <summary>The right password came from surroundings that were refused.</summary>
    [JsonStringEnumMemberName("login_refused")]
    LoginRefused,

    /// <summary>The right password came from new surroundings, and a step-up was asked for.</summary>
    [JsonStringEnumMemberName("step_up_required")]
    StepUpRequired,

    [JsonStringEnumMemberName("device_bound")]
    DeviceBound,

    /// <summary>A further key was bound without a countersignature: it waits, and can be vetoed by unbinding it.</summary>
    [JsonStringEnumMemberName("device_bound_waiting")]
    DeviceBoundWaiting,

    [JsonStringEnumMemberName("device_unbound")]
    DeviceUnbound,

    [JsonStringEnumMemberName("factor_enrolled")]
    FactorEnrolled,

    /// <summary>A further factor was confirmed that no earlier one vouched for: it waits, and can be vetoed by removing it.</summary>
    [JsonStringEnumMemberName("factor_waiting")]
    FactorWaiting,

    [JsonStringEnumMemberName("factor_removed")]
    FactorRemoved,

    /// <summary>A new contact was confirmed that no guard vouched for: it waits. Goes to the contacts of before.</summary>
    [JsonStringEnumMemberName("contact_waiting")]
    ContactWaiting,

    /// <summary>Somebody who holds a contact, and nothing else, asked to recover the account: the new password waits.</summary>
    [JsonStringEnumMemberName("recovery_waiting")]
    RecoveryWaiting,

    /// <summary>The account is shut until its owner recovers it.</summary>
    [JsonStringEnumMemberName("compromise_reported")]
    CompromiseReported,

    /// <summary>A refresh token was used twice: one of the two was a thief.</summary>
    [JsonStringEnumMemberName("session_reused")]
    SessionReused,

    /// <summary>Too many wrong passwords: attempts by strangers are held.</summary>
    [JsonStringEnumMemberName("account_held")]
    AccountHeld,
}

/// <summary>A message to one contact.</summary>
/// <param name="Channel">By mail or by SMS.</param>
/// <param name="To">The address or number.</param>
/// <param name="Template">What it is about.</param>
/// <param name="Locale">BCP 47.</param>
/// <param name="Code">The code that it carries, or null.</param>
/// <param name="ReportToken">By which its reader can say that it was not him (<see cref="ReportTokens"/>), or null.</param>
public sealed record Message(
    ContactKind Channel, string To, MessageTemplate Template, string Locale, string? Code = null, string? ReportToken = null);
