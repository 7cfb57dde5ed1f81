using System.CommandLine;
using AuthService.Administration;
using AuthService.Cli.Connections;
using AuthService.Cli.Output;
using AuthService.Security.Keys;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace AuthService.Cli.Commands;

/// <summary>
/// <c>authctl keys rotate</c>: through the running service, or, where that may not write its keyring, on the file itself, which is then
/// handed to every replica before the new key takes over.
/// </summary>
internal static class KeysRotateCommand
{
    private static readonly Argument<string> Use = new("use") { Description = string.Join(", ", KeyringRotation.Rotated.Select(KeysCommand.NameOf)) + "." };

    private static readonly Option<int?> Lead = new("--lead")
    {
        Description = $"Seconds until the new key takes over. Default: {KeyringRotation.UsualLead.TotalSeconds:0}.",
    };

    private static readonly Option<bool> Compromised = new("--compromised")
    {
        Description = "Somebody else may have the keys of this use: they end at once, with all that they made (see docs/operations.md).",
    };

    private static readonly Option<string> Reason = new("--reason") { Description = "Why, for the audit log. Required but offline." };

    private static readonly Option<bool> Offline = new("--offline")
    {
        Description = "Changes the file itself. Nothing is written to the audit log; a running service reads the file again within a second.",
    };

    public static Command Create()
    {
        var rotate = new Command("rotate", "Gives a use a new key, without a restart. Audited.") { Use, Lead, Compromised, Reason, Offline };
        KeysCommand.AddFile(rotate);
        rotate.SetAction((parsed, cancellationToken) =>
        {
            var answer = new Answer(parsed);
            return answer.RunAsync(() => RunAsync(parsed, answer, cancellationToken));
        });
        return rotate;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        var use = KeyringRotation.Rotated.Cast<KeyUse?>().FirstOrDefault(known => KeysCommand.NameOf(known!.Value) == parsed.GetRequiredValue(Use))
            ?? throw new CommandFailure($"No use that rotates: {parsed.GetRequiredValue(Use)}. {Use.Description}");
        var (id, activates) = parsed.GetValue(Offline)
            ? await RotateFileAsync(use, parsed, cancellationToken)
            : await RotateByCallAsync(use, parsed, cancellationToken);
        answer.WriteFacts(("use", KeysCommand.NameOf(use)), ("key_id", id), ("activates", activates.ToTimestamp().ToJson()));
        if (KeyringRotation.Moves(use))
            answer.Say("What is kept under the old key moves by itself: authctl keys list shows how much is left.");
        answer.Say("Back the keyring up.");
        return ExitCodes.Done;
    }

    private static async Task<(string Id, DateTimeOffset Activates)> RotateByCallAsync(KeyUse use, ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = new RotateKeysRequest
        {
            RequestId = OperatorCommands.NewRequestId(),
            Use = use.ToMessage(),
            Lead = parsed.GetValue(Lead) is { } seconds ? Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds)) : null,
            Compromised = parsed.GetValue(Compromised),
            Reason = parsed.GetValue(Reason) ?? throw new CommandFailure("Say why: --reason."),
        };
        using var connection = OperatorConnection.Open(parsed);
        var made = await new AdminService.AdminServiceClient(connection.Calls).RotateKeysAsync(request, cancellationToken: cancellationToken);
        return (made.Key.KeyId, made.Key.ActivateTime.ToDateTimeOffset());
    }

    private static async Task<(string Id, DateTimeOffset Activates)> RotateFileAsync(KeyUse use, ParseResult parsed, CancellationToken cancellationToken)
    {
        var compromised = parsed.GetValue(Compromised);
        var lead = parsed.GetValue(Lead) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        foreach (var (part, problem) in KeyringRotation.ProblemsOf(use, lead, compromised))
            throw new CommandFailure($"--{part}: {problem}");

        var path = await KeysCommand.FileOfAsync(parsed);
        try
        {
            var key = await new KeyringRotation(path, TimeProvider.System).RotateAsync(use, KeyringRotation.LeadOf(lead, compromised), compromised, cancellationToken);
            return (key.Id.Value, key.Activates ?? key.Created);
        }
        catch (Exception fault) when (fault is KeyringException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"The keyring was not changed: {fault.Message}");
        }
    }
}
