using System.CommandLine;
using AuthService.Cli.Connections;
using AuthService.Cli.Output;
using AuthService.Security.Keys;
using AuthService.Storage;

namespace AuthService.Cli.Commands;

/// <summary><c>authctl keys</c>: outside of Development the operator makes the keyring, so that one that was not found is never replaced.</summary>
internal static class KeysCommand
{
    private static readonly Option<string?> PathOption = new("--path") { Description = "The keyring's file. Default: Keys:KeyringPath." };

    private static readonly Option<bool> IfMissing = new("--if-missing") { Description = "Is content where there is one already: for scripts." };

    public static Command Create()
    {
        var create = new Command("create", "Makes a keyring: one key for each use. An existing file is left alone.")
        {
            PathOption, IfMissing, StoppedService.Environment, StoppedService.Settings,
        };
        create.SetAction((parsed, _) =>
        {
            var answer = new Answer(parsed);
            return answer.RunAsync(() => CreateAsync(parsed, answer));
        });
        return new Command("keys", "Looks after the keyring.") { create };
    }

    private static async Task<int> CreateAsync(ParseResult parsed, Answer answer)
    {
        var path = parsed.GetValue(PathOption);
        if (path is null)
        {
            await using var service = StoppedService.Open(parsed);
            path = service.Options<KeyOptions>().KeyringPath ?? service.Options<StorageOptions>().FullPath("keys/keyring.json");
        }

        var created = KeyringFile.Create(path, TimeProvider.System);
        if (!created && !parsed.GetValue(IfMissing))
            throw new CommandFailure($"{path} exists already. A keyring is never replaced: without it nothing that it sealed opens again.");
        answer.WriteFacts(("path", Path.GetFullPath(path)), ("created", created));
        if (created)
            answer.Say("Back it up, apart from the databases: without it nobody can sign in any more.");
        return ExitCodes.Done;
    }
}
