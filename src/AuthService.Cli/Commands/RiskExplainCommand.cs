using System.CommandLine;
using System.Text.Json.Nodes;
using AuthService.Cli.Output;
using AuthService.V1;
using Grpc.Core;
using Spectre.Console;

namespace AuthService.Cli.Commands;

/// <summary><c>authctl risk explain</c>: a past verdict, line by line, and what would have changed it.</summary>
internal static class RiskExplainCommand
{
    private static readonly Argument<string> Verdict = new("verdict-id") { Description = "As the audit log tells it: vrd_…" };

    private static readonly Option<bool> Present = new("--present")
    {
        Description = "Judges by the policy in force now, instead of the one in force then.",
    };

    public static Command Create() =>
        new Command("explain", "Judges a verdict of the audit log again, and says what would have changed it. Audited.") { Verdict, Present }
            .Calling(ExplainAsync);

    private static async Task<int> ExplainAsync(CallInvoker calls, ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        var request = new ExplainVerdictRequest
        {
            VerdictId = parsed.GetRequiredValue(Verdict),
            Policy = parsed.GetValue(Present) ? PolicyChoice.Present : PolicyChoice.Own,
        };
        var explained = await new EcvService.EcvServiceClient(calls).ExplainVerdictAsync(request, cancellationToken: cancellationToken);
        if (answer.IsJson)
        {
            answer.Write(ContractJson.Of(explained));
            return ExitCodes.Done;
        }

        WriteDecision(answer, explained);
        answer.Render(EvidenceTable.Of(explained.Verdict.Evidence));
        answer.Render(Counterfactuals(explained));
        foreach (var caveat in explained.Verdict.Caveats)
            answer.Say($"Note: {caveat}");
        return ExitCodes.Done;
    }

    private static void WriteDecision(Answer answer, ExplainVerdictResponse explained)
    {
        var (verdict, recorded) = (explained.Verdict, explained.Recorded);
        answer.WriteFacts(
            ("event", Names.InContract(explained.EventType)),
            ("time", explained.EventTime.ToJson()),
            ("account_id", explained.AccountId),
            ("decided_then", $"{Names.InContract(recorded.Decision)} at {Bits.InWords(recorded.ScoreMillibits)} bits, policy {recorded.PolicyVersion}"),
            ("judged_again", $"{Names.InContract(verdict.Decision)} at {Bits.InWords(verdict.ScoreMillibits)} bits, policy {verdict.PolicyVersion}"),
            ("the_same", explained.AsRecorded),
            ("gate", Names.InContract(verdict.Gate)),
            ("ALLOW_below", Distance(explained.AllowBelowMillibits, explained.ToAllowMillibits, "too high", "reached")),
            ("DENY_from", Distance(explained.DenyFromMillibits, explained.ToDenyMillibits, "away", "reached")));
    }

    private static JsonNode Distance(long threshold, long distance, string beyond, string reached) =>
        $"{Bits.InWords(threshold)} bits, {(distance > 0 ? $"{Bits.InWords(distance).TrimStart('+')} {beyond}" : reached)}";

    private static Table Counterfactuals(ExplainVerdictResponse explained)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns("if", "decision", "gate", "bits", "change");
        foreach (var instead in explained.Counterfactuals)
        {
            table.AddRow(
                Markup.Escape(InWords(instead)),
                Cell(instead.Decision == explained.Verdict.Decision ? "default" : "bold", Names.InContract(instead.Decision)),
                Names.InContract(instead.Gate),
                Bits.InWords(instead.ScoreMillibits),
                Bits.InWords(instead.ScoreMillibits - explained.Verdict.ScoreMillibits));
        }

        return table;
    }

    private static string InWords(Counterfactual instead) => instead.Change switch
    {
        Change.ProofValid => "a bound key had signed the call",
        Change.DeviceToken => "a device token had come with it",
        Change.FamiliarNetwork => "it had come from a network of the account's own",
        Change.LineAbsent => $"{instead.Subject} had said nothing",
        Change.GroupKnown => $"everything of the {instead.Subject} had been as always",
        _ => Names.InContract(instead.Change),
    };

    private static string Cell(string style, string text) => $"[{style}]{Markup.Escape(text)}[/]";
}
