using System.Text.Json.Nodes;
using Google.Protobuf;

namespace AuthService.Cli.Output;

/// <summary>Messages of the contract as their own JSON (ProtoJSON), which other tools read too.</summary>
internal static class ContractJson
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    public static JsonNode Of(IMessage message) => JsonNode.Parse(Formatter.Format(message))!;

    /// <exception cref="CommandFailure">It is no such message.</exception>
    public static T Read<T>(FileInfo file)
        where T : IMessage<T>, new()
    {
        try
        {
            return JsonParser.Default.Parse<T>(File.ReadAllText(file.FullName));
        }
        catch (Exception fault) when (fault is InvalidJsonException or InvalidProtocolBufferException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{file.FullName}: {fault.Message}");
        }
    }
}
