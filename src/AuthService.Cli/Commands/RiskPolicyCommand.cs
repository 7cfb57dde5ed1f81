using System.CommandLine;
using System.Text.Json.Nodes;
using AuthService.Cli.Output;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Cli.Commands;

/// <summary><c>authctl risk policy</c>: a policy is a JSON file that names the version it is based on.</summary>
internal static class RiskPolicyCommand
{
    private static readonly Option<string> Version = new("--number", "-n")
    {
        Description = "An earlier version. Default: the one in force.", DefaultValueFactory = _ => "",
    };

    private static readonly Argument<FileInfo> PolicyFile = new("file")
    {
        Description = "JSON as get writes it. What it leaves out stays; its version must be the one in force.",
    };

    private static readonly Option<string> Reason = new("--reason") { Description = "Why, for the history and the audit log.", Required = true };

    public static Command Create()
    {
        var get = new Command("get", "Writes a policy as JSON. Audited.") { Version };
        var set = new Command("set", "Puts a policy in force, at once. Audited.") { PolicyFile, Reason };
        var history = new Command("history", "Lists who changed what, when and why: from the audit log.");
        return new Command("policy", "Reads and changes what logins are decided by.")
        {
            get.Calling(GetAsync), set.Calling(SetAsync), history.Calling(HistoryAsync),
        };
    }

    private static async Task<int> GetAsync(CallInvoker calls, ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        var request = new GetRiskPolicyRequest { Version = parsed.GetRequiredValue(Version) };
        var found = await new AdminService.AdminServiceClient(calls).GetRiskPolicyAsync(request, cancellationToken: cancellationToken);
        answer.Write(ContractJson.Of(found.Revision.Policy));
        return ExitCodes.Done;
    }

    private static async Task<int> SetAsync(CallInvoker calls, ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        var policy = ContractJson.Read<RiskPolicy>(parsed.GetRequiredValue(PolicyFile));
        if (policy.Version.Length == 0)
            throw new CommandFailure("The file names no version. It is the one that it is based on, so that nobody else's change is undone: see get.");

        var request = new UpdateRiskPolicyRequest
        {
            RequestId = OperatorCommands.NewRequestId(), Policy = policy, ExpectedVersion = policy.Version, Reason = parsed.GetRequiredValue(Reason),
        };
        var made = await new AdminService.AdminServiceClient(calls).UpdateRiskPolicyAsync(request, cancellationToken: cancellationToken);
        answer.WriteFacts(("version", made.Revision.Policy.Version), ("previous", policy.Version), ("in_force", made.Revision.InForce));
        return ExitCodes.Done;
    }

    private static async Task<int> HistoryAsync(CallInvoker calls, ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        var request = new ListEventsRequest { PageSize = 1000, Types_ = { EventType.RiskPolicyUpdated } };
        var rows = new List<JsonNode?[]>();
        do
        {
            var page = await new AuditService.AuditServiceClient(calls).ListEventsAsync(request, cancellationToken: cancellationToken);
            rows.AddRange(page.Events.Select(Row));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        answer.WriteRows(["version", "previous", "time", "by", "changed", "reason"], rows);
        return ExitCodes.Done;
    }

    private static JsonNode?[] Row(AuditEvent entry) =>
    [
        entry.Details.GetValueOrDefault("version"),
        entry.Details.GetValueOrDefault("previous"),
        entry.EventTime.ToJson(),
        entry.Caller,
        new JsonArray([.. (entry.Details.GetValueOrDefault("changed") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(field => (JsonNode)field)]),
        entry.Details.GetValueOrDefault("reason"),
    ];
}
