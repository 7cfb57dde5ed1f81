using System.CommandLine;
using System.Text.Json.Nodes;
using AuthService.Administration;
using AuthService.Audit;
using AuthService.Cli.Connections;
using AuthService.Cli.Output;
using AuthService.Protocol;
using AuthService.Storage;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Cli.Commands;

/// <summary><c>authctl services</c>: credentials of internal services and operators.</summary>
internal static class ServicesCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "1 to 64 characters of a-z, 0-9 and '-'." };
    private static readonly Argument<string> Credential = new("credential-id") { Description = "As create told it." };
    private static readonly Option<int> Days = new("--days") { Description = "How long it is good. At most 730.", DefaultValueFactory = _ => 365 };
    private static readonly Option<FileInfo?> Out = new("--out") { Description = "Writes the token into this new file (mode 0600) instead of showing it." };

    private static readonly Option<bool> Offline = new("--offline")
    {
        Description = "Works on the databases themselves: for the first credential, which no other can make.",
    };

    private static readonly Option<string[]> ScopesOption = new("--scope")
    {
        Description = $"Repeatable: {string.Join(", ", Scopes.OfServices)}.",
        Required = true,
    };

    public static Command Create()
    {
        var create = new Command("create", "Makes a credential. Its token is shown once.")
        {
            Name, ScopesOption, Days, Out, Offline, StoppedService.Environment, StoppedService.Settings,
        };
        create.SetAction((parsed, cancellationToken) =>
        {
            var answer = new Answer(parsed);
            return answer.RunAsync(() => CreateAsync(parsed, answer, cancellationToken));
        });
        var revoke = new Command("revoke", "Ends a credential at once.") { Credential };
        return new Command("services", "Makes and ends credentials of services and operators.") { create, revoke.Calling(RevokeAsync) };
    }

    private static async Task<int> CreateAsync(ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        var (id, token) = parsed.GetValue(Offline)
            ? await CreateOfflineAsync(parsed, cancellationToken)
            : await CreateByCallAsync(parsed, cancellationToken);

        JsonNode shown = token;
        if (parsed.GetValue(Out) is { } file)
        {
            WriteSecret(file, token);
            shown = $"in {file.FullName}";
        }

        answer.WriteFacts(
            ("credential_id", id),
            ("name", parsed.GetRequiredValue(Name)),
            ("scopes", new JsonArray([.. parsed.GetRequiredValue(ScopesOption).Select(scope => (JsonNode)scope)])),
            ("token", shown));
        return ExitCodes.Done;
    }

    private static async Task<(string Id, string Token)> CreateByCallAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var connection = OperatorConnection.Open(parsed);
        var made = await new AdminService.AdminServiceClient(connection.Calls).CreateServiceCredentialAsync(
            new CreateServiceCredentialRequest
            {
                RequestId = OperatorCommands.NewRequestId(),
                Name = parsed.GetRequiredValue(Name),
                Scopes = { parsed.GetRequiredValue(ScopesOption) },
                ExpireTime = (TimeProvider.System.GetUtcNow() + Lifetime(parsed)).ToTimestamp(),
            },
            cancellationToken: cancellationToken);
        return (made.Credential.CredentialId, made.Token);
    }

    private static async Task<(string Id, string Token)> CreateOfflineAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!CredentialName.TryParse(parsed.GetRequiredValue(Name), out var name))
            throw new CommandFailure("name: must be 1 to 64 characters of a-z, 0-9 and '-'.");
        if (!CredentialScopes.TryParse(parsed.GetRequiredValue(ScopesOption), out var scopes))
            throw new CommandFailure($"--scope: must be of {string.Join(", ", Scopes.OfServices)}.");

        await using var service = StoppedService.Open(parsed);
        var credentials = service.Services.GetRequiredService<ServiceCredentials>();
        var audit = service.Services.GetRequiredService<AuditTrail>();
        var issued = await service.Services.GetRequiredService<Database>().WriteAsync(
            work =>
            {
                var made = credentials.Issue(work, new CredentialGrant(name, scopes, work.Now + Lifetime(parsed)));
                audit.RecordOwnAct(work, EventType.ServiceCredentialCreated, "authctl", CredentialDetails.Of(made.Row));
                return Task.FromResult(made);
            },
            cancellationToken);
        return (issued.Row.Id, issued.Token.Value);
    }

    private static async Task<int> RevokeAsync(CallInvoker calls, ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        var request = new RevokeServiceCredentialRequest
        {
            RequestId = OperatorCommands.NewRequestId(), CredentialId = parsed.GetRequiredValue(Credential),
        };
        await new AdminService.AdminServiceClient(calls).RevokeServiceCredentialAsync(request, cancellationToken: cancellationToken);
        answer.WriteFacts(("credential_id", request.CredentialId), ("revoked", true));
        return ExitCodes.Done;
    }

    private static TimeSpan Lifetime(ParseResult parsed) => parsed.GetValue(Days) is >= 1 and <= 730 and var days
        ? TimeSpan.FromDays(days)
        : throw new CommandFailure("--days: must be 1 to 730.");

    private static void WriteSecret(FileInfo file, string secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var writer = new StreamWriter(file.FullName, options);
            writer.WriteLine(secret);
        }
        catch (IOException fault)
        {
            throw new CommandFailure($"The credential was made, but {file.FullName} cannot be written ({fault.Message}). Revoke it and make another.");
        }
    }
}
