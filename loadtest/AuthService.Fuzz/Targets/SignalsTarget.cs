using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Values;
using AuthService.Environments;
using AuthService.Hosting.Errors;
using AuthService.V1;
using Google.Protobuf;
using RiskPolicy = AuthService.Ecv.Risk.RiskPolicy;

namespace AuthService.Fuzz.Targets;

/// <summary>From the bytes of <c>EnvironmentSignals</c> to a verdict: protobuf, mapping, parsing, tokens.</summary>
internal static class SignalsTarget
{
    private static readonly EnvironmentReader Reader = new(new StoppedClock(Account.Now));

    public static void Run(byte[] input)
    {
        EnvironmentSignals message;
        try
        {
            message = EnvironmentSignals.Parser.ParseFrom(input);
        }
        catch (InvalidProtocolBufferException)
        {
            return; // gRPC answers for us, see MalformedMessageTests
        }

        var fields = new FieldViolations();
        var signals = Reader.Read(fields, "environment", message);
        if (fields.Any)
            return;

        var environment = Account.Tokenize(signals);
        var value = EcvTargets.Encode(environment);
        BrokenLawException.ThrowUnless(value.Length <= EcvValue.MaxLength, "no value is longer than stated");
        BrokenLawException.ThrowUnless(
            EcvValue.TryDecode(value, Account.Binding, _ => EcvTargets.MacKey, out var decoded, out _) && EcvTargets.Encode(decoded) == value,
            "what is encoded decodes");

        var record = RiskEngine.Measure(Account.Input(environment)).Write();
        BrokenLawException.ThrowUnless(record.Length <= VerdictRecord.MaxBytes, "no record is longer than stated");
        RiskEngine.Replay(VerdictRecord.Read(record), RiskPolicy.Default);
    }
}
