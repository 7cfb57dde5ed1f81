using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Tokens;
using AuthService.Ecv.Values;

namespace AuthService.Fuzz.Targets;

/// <summary>The decoder of <c>ecv1.</c> values.</summary>
internal static class EcvTargets
{
    public const string KeyId = "k1";
    public static readonly byte[] MacKey = new byte[32];

    /// <summary>Any text: as <c>VerifyEcv</c> takes it. What is genuine has one spelling.</summary>
    public static void Text(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input);
        if (TryDecode(text, out var environment))
            BrokenLawException.ThrowUnless(Encode(environment) == text, "a genuine value has one spelling");
    }

    /// <summary>Any characteristics under a genuine MAC, which no fuzzer guesses: what a later version, or a thief of the key, could sign.</summary>
    public static void Body(byte[] input)
    {
        var text = Signed(input);
        if (!TryDecode(text, out var environment))
            return;

        BrokenLawException.ThrowUnless(Encode(environment) == text, "what is read is written as it was");
        BrokenLawException.ThrowUnless(environment.Characteristics.Count <= CharacteristicCatalog.All.Count, "no kind stands twice");
        var judged = RiskEngine.Judge(Account.Input(environment), RiskPolicy.Default);
        BrokenLawException.ThrowUnless(judged.Gate == Gate.Shut || environment.Characteristics.Count > 0, "nothing opens no gate");
    }

    public static string Encode(TokenizedEnvironment environment) => EcvValue.Encode(environment, Account.Binding, KeyId, MacKey);

    private static bool TryDecode(string text, out TokenizedEnvironment environment) =>
        EcvValue.TryDecode(text, Account.Binding, id => id == KeyId ? MacKey : null, out environment, out _);

    private static string Signed(byte[] body)
    {
        // The frame is that of an empty value, whose characteristics are one byte, their count, before the MAC.
        var empty = Base64Url.DecodeFromChars(Encode(TokenizedEnvironment.Empty).AsSpan(EcvValue.Prefix.Length));
        byte[] signed = [.. empty[..^(HMACSHA256.HashSizeInBytes + 1)], .. body];
        byte[] message = [.. "authservice/ecv/value/1"u8, .. signed];
        return EcvValue.Prefix + Base64Url.EncodeToString([.. signed, .. HMACSHA256.HashData(MacKey, message)]);
    }
}
