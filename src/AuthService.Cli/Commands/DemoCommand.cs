using System.CommandLine;
using System.Text.Json.Nodes;
using AuthService.Cli.Connections;
using AuthService.Cli.Demo;
using AuthService.Cli.Output;

namespace AuthService.Cli.Commands;

/// <summary><c>authctl demo</c>: plays the whole story, and shows how each step was decided.</summary>
internal static class DemoCommand
{
    private static readonly Option<FileInfo> Outbox = new("--outbox")
    {
        Description = "Where the service writes its mail. Default: outbox/messages.jsonl in the data folder.",
        DefaultValueFactory = _ => new FileInfo(Path.Combine(GlobalOptions.DataFolder, "outbox", "messages.jsonl")),
    };

    private static readonly Option<FileInfo> ServiceToken = new("--service-token-file")
    {
        Description = "The credential of a service that validates. Default: bootstrap/service.token in the data folder.",
        DefaultValueFactory = _ => new FileInfo(Path.Combine(GlobalOptions.DataFolder, "bootstrap", "service.token")),
    };

    public static Command Create()
    {
        var demo = new Command("demo", "Plays the whole story against a service in Development: sign-up, logins, a trip, a thief, a bot, a relay. Exit code 1 if it ends otherwise.")
        {
            Outbox, ServiceToken,
        };
        demo.SetAction((parsed, cancellationToken) =>
        {
            var answer = new Answer(parsed);
            return answer.RunAsync(() => PlayAsync(parsed, answer, cancellationToken));
        });
        return demo;
    }

    private static async Task<int> PlayAsync(ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        var address = parsed.GetRequiredValue(GlobalOptions.Address);
        if (!address.IsLoopback || address.Scheme != Uri.UriSchemeHttp)
            throw new CommandFailure("The demo plays on a service in Development, on this machine: --address http://127.0.0.1:PORT.");

        using var asOperator = OperatorConnection.Open(parsed);
        using var asService = OperatorConnection.Open(parsed, OperatorConnection.ReadToken(parsed.GetRequiredValue(ServiceToken)));
        using var cast = new Cast(address, parsed.GetRequiredValue(Outbox), new Observer(asOperator.Calls, asService.Calls));

        var scenes = new List<Scene>();
        await foreach (var scene in new Story(cast).PlayAsync(cancellationToken))
        {
            answer.Say($"{(scene.AsExpected ? "ok " : "NOT")}  {scene.What}");
            scenes.Add(scene);
        }

        answer.Say("");
        answer.WriteRows(["what", "expected", "happened", "as_expected", "decision", "gate", "bits", "evidence"], [.. scenes.Select(Row)]);
        WriteWhy(answer, scenes);
        return scenes.TrueForAll(scene => scene.AsExpected) ? ExitCodes.Done : ExitCodes.Refused;
    }

    /// <summary>All that the riskiest verdict rests on. Programs have the main evidence of each scene in its row.</summary>
    private static void WriteWhy(Answer answer, IReadOnlyList<Scene> scenes)
    {
        if (answer.IsJson || scenes.MaxBy(scene => scene.Verdict?.ScoreMillibits) is not { Verdict: { } verdict } riskiest)
            return;
        answer.Say("");
        answer.Say($"Why {Names.InContract(verdict.Decision)} at {Bits.InWords(verdict.ScoreMillibits)} bits: {riskiest.What}");
        answer.Render(EvidenceTable.Of([.. verdict.Evidence.Where(line => line.Millibits != 0)]));
        answer.Say($"More of it: authctl risk explain {verdict.VerdictId}");
    }

    private static JsonNode?[] Row(Scene scene)
    {
        var verdict = scene.Verdict is { } judged ? RiskVerdictInWords.Of(judged) : null;
        return
        [
            scene.What,
            scene.Expected,
            scene.Happened,
            scene.AsExpected,
            verdict?.Decision,
            verdict?.Gate,
            verdict?.Bits,
            verdict is null ? null : new JsonArray([.. verdict.Evidence.Select(line => (JsonNode)line)]),
        ];
    }
}
