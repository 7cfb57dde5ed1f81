using System.CommandLine;
using System.Text.Json.Nodes;
using AuthService.Cli.Output;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Cli.Commands;

/// <summary><c>authctl keys list</c>: the keyring as the running service has it, without the keys.</summary>
internal static class KeysListCommand
{
    public static Command Create() =>
        new Command("list", "Lists the keys of the running service: use, state, age, and what is still kept under old ones. Audited.").Calling(RunAsync);

    private static async Task<int> RunAsync(CallInvoker calls, ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        var found = await new AdminService.AdminServiceClient(calls).ListKeysAsync(new ListKeysRequest(), cancellationToken: cancellationToken);
        answer.WriteRows(["use", "key_id", "state", "created", "activates", "values_left"], [.. found.Keys.Select(Row)]);
        return ExitCodes.Done;
    }

    private static JsonNode?[] Row(KeyringKey key) =>
    [
        KeysCommand.NameOf(key.Use),
        key.KeyId,
        key.State.ToString().ToLowerInvariant(),
        key.CreateTime.ToJson(),
        key.ActivateTime.ToJson(),
        key.HasValuesLeft ? key.ValuesLeft : null,
    ];
}
