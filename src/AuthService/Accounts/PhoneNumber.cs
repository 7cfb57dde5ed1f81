using System.Buffers;
using PhoneNumbers;

namespace AuthService.Accounts;

/// <summary>The normal form of phone numbers: E.164, <c>+4915112345678</c>.</summary>
internal static class PhoneNumber
{
    /// <summary>15 digits at most (E.164 §6), a '+', and as much again between them.</summary>
    private const int MaxWritten = 32;

    private static readonly SearchValues<char> Written = SearchValues.Create("0123456789 -.()/\u00A0");
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>False for what no numbering plan assigns, and for lines that cost their caller extra: codes are not sent there.</summary>
    public static bool TryNormalise(string text, out string value)
    {
        value = "";
        if (text.Length > MaxWritten || !text.StartsWith('+') || text.AsSpan(1).ContainsAnyExcept(Written))
            return false;

        try
        {
            var number = Numbers.Parse(text, defaultRegion: null);
            if (!Numbers.IsValidNumber(number) || Numbers.GetNumberType(number) is PhoneNumberType.PREMIUM_RATE or PhoneNumberType.SHARED_COST)
                return false;
            value = Numbers.Format(number, PhoneNumberFormat.E164);
            return true;
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
