using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AuthService.Cli.Fit;
using AuthService.Cli.Output;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Cli.Commands;

/// <summary><c>authctl risk fit</c>: thresholds from the deployment's own logins. Proposes; never puts in force.</summary>
internal static class RiskFitCommand
{
    private static readonly Option<double> Budget = new("--budget")
    {
        Description = "The share of honest logins that may be stepped up: 2%, or 0.02.",
        DefaultValueFactory = _ => 0.02,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var isPercent = text.EndsWith('%');
            if (double.TryParse(isPercent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && (isPercent ? number / 100 : number) is > 0 and < 1 and var share)
                return share;
            result.AddError("--budget must be above 0 and below 100%: 2%, or 0.02.");
            return 0;
        },
    };

    private static readonly Option<int> Days = new("--days") { Description = "How far back the log is read.", DefaultValueFactory = _ => 90 };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Of the intervals: same seed, same numbers.", DefaultValueFactory = _ => 1 };

    public static Command Create() =>
        new Command("fit", "Proposes thresholds from the logins in the audit log, judged again by the policy in force. Changes nothing.") { Budget, Days, Seed }
            .Calling(FitAsync);

    private static async Task<int> FitAsync(CallInvoker calls, ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Days) is not (>= 1 and <= 3650 and var days))
            throw new CommandFailure("--days: must be 1 to 3650.");

        var inForce = await new AdminService.AdminServiceClient(calls).GetRiskPolicyAsync(new GetRiskPolicyRequest(), cancellationToken: cancellationToken);
        var (policy, until) = (inForce.Revision.Policy, TimeProvider.System.GetUtcNow());
        var log = await answer.WithProgressAsync("Reading the log", progress => LoginLog.ReadAsync(
            new AuditService.AuditServiceClient(calls), policy, until.AddDays(-days), until, progress, cancellationToken));
        if (!log.Honest.Any(login => login.HasGate))
            throw new CommandFailure($"Nothing to fit: in {days} days no honest login had an open gate ({log.Honest.Count} without, {log.Abandoned} step-ups given up).");

        var (budget, seed) = (parsed.GetValue(Budget), parsed.GetValue(Seed));
        var proposal = await answer.WithProgressAsync("Drawing accounts", progress => Task.FromResult(
            Proposal.Of(log, budget, new Thresholds(policy.AllowBelow, policy.DenyFrom), seed, progress)));
        Write(answer, log, proposal, budget, policy.Version);
        return ExitCodes.Done;
    }

    private static void Write(Answer answer, LoginLog log, Proposal proposal, double budget, string version)
    {
        var (present, proposed) = (proposal.Present, proposal.Proposed);
        answer.WriteFacts(
            ("budget", Percent(budget)),
            ("honest_logins", log.Honest.Count),
            ("accounts", log.Honest.Select(login => login.Account).Distinct(StringComparer.Ordinal).Count()),
            ("step_ups_given_up", log.Abandoned),
            ("stepped_up_now", Percent(present.SteppedUp(log.Honest))),
            ("stepped_up_then", Percent(proposed.SteppedUp(log.Honest))),
            ("denied_now", Percent(present.Denied(log.Honest))),
            ("denied_then", Percent(proposed.Denied(log.Honest))),
            ("allow_below", Change(answer, present.AllowBelow, proposed.AllowBelow, proposal.AllowBelow)),
            ("deny_from", Change(answer, present.DenyFrom, proposed.DenyFrom, proposal.DenyFrom)),
            ("warnings", new JsonArray([.. answer.IsJson ? proposal.Warnings.Select(warning => (JsonNode)warning) : []])),
            ("policy", answer.IsJson ? Policy(version, proposed) : "below"));
        foreach (var warning in proposal.Warnings)
            answer.Say($"! {warning}");
        answer.Say("\nFor authctl risk policy set FILE --reason …, once you have read the warnings:");
        answer.Say(Policy(version, proposed).ToJsonString());
    }

    private static JsonObject Policy(string version, Thresholds proposed) => new()
    {
        ["version"] = version, ["allowBelow"] = proposed.AllowBelow, ["denyFrom"] = proposed.DenyFrom,
    };

    private static JsonNode Change(Answer answer, long present, long proposed, Interval fitted) => answer.IsJson
        ? new JsonObject { ["present"] = present, ["proposed"] = proposed, ["low"] = fitted.Low, ["high"] = fitted.High }
        : $"{Bits.InWords(present)} -> {Bits.InWords(proposed)} bits; fitted, 95 %: {Bits.InWords(fitted.Low)} to {Bits.InWords(fitted.High)}";

    private static string Percent(double share) => share.ToString("0.00 %", CultureInfo.InvariantCulture);
}
