using System.CommandLine;
using AuthService.Administration;
using AuthService.Cli.Connections;
using AuthService.Cli.Output;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.V1;

namespace AuthService.Cli.Commands;

/// <summary><c>authctl keys</c>: outside of Development the operator makes the keyring, so that one that was not found is never replaced.</summary>
internal static class KeysCommand
{
    private static readonly Option<string?> PathOption = new("--path") { Description = "The keyring's file. Default: Keys:KeyringPath." };

    private static readonly Option<bool> IfMissing = new("--if-missing") { Description = "Is content where there is one already: for scripts." };

    public static Command Create()
    {
        var create = new Command("create", "Makes a keyring: one key for each use. An existing file is left alone.") { IfMissing };
        AddFile(create);
        create.SetAction((parsed, _) =>
        {
            var answer = new Answer(parsed);
            return answer.RunAsync(() => CreateAsync(parsed, answer));
        });
        return new Command("keys", "Looks after the keyring.") { create, KeysListCommand.Create(), KeysRotateCommand.Create() };
    }

    /// <summary>The options that say where the file is.</summary>
    public static void AddFile(Command command)
    {
        command.Add(PathOption);
        command.Add(StoppedService.Environment);
        command.Add(StoppedService.Settings);
    }

    public static async Task<string> FileOfAsync(ParseResult parsed)
    {
        if (parsed.GetValue(PathOption) is { } path)
            return path;
        await using var service = StoppedService.Open(parsed);
        return service.Options<KeyOptions>().PathIn(service.Options<StorageOptions>());
    }

    /// <summary>As in the file: <c>kek</c>, <c>blind-index</c>.</summary>
    public static string NameOf(KeyUse use) => KeyringFile.NameOf(use);

    /// <inheritdoc cref="NameOf(KeyUse)"/>
    public static string NameOf(KeyringUse use) => use.ToUse() is { } known ? NameOf(known) : use.ToString();

    private static async Task<int> CreateAsync(ParseResult parsed, Answer answer)
    {
        var path = await FileOfAsync(parsed);
        var created = KeyringFile.Create(path, TimeProvider.System);
        if (!created && !parsed.GetValue(IfMissing))
            throw new CommandFailure($"{path} exists already. A keyring is never replaced: without it nothing that it sealed opens again.");
        answer.WriteFacts(("path", Path.GetFullPath(path)), ("created", created));
        if (created)
            answer.Say("Back it up, apart from the databases: without it nobody can sign in any more.");
        return ExitCodes.Done;
    }
}
