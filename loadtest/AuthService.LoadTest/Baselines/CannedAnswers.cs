using AuthService.V1;
using Google.Protobuf;

namespace AuthService.LoadTest.Baselines;

/// <summary>What the service answered once to each RPC that the bare server answers, byte for byte.</summary>
internal sealed record CannedAnswers(
    ValidateSessionResponse Validate, BatchValidateSessionsResponse Batch, RefreshSessionResponse Refresh, LoginResponse Login)
{
    /// <summary>The least that means yes.</summary>
    public static CannedAnswers Yes { get; } = new(
        new ValidateSessionResponse { Active = true }, new BatchValidateSessionsResponse(), new RefreshSessionResponse(),
        new LoginResponse { Session = new Session() });

    public static CannedAnswers Read(string folder) => new(
        Read(folder, "validate", ValidateSessionResponse.Parser), Read(folder, "batch", BatchValidateSessionsResponse.Parser),
        Read(folder, "refresh", RefreshSessionResponse.Parser), Read(folder, "login", LoginResponse.Parser));

    public void Write(string folder)
    {
        Write(folder, "validate", Validate);
        Write(folder, "batch", Batch);
        Write(folder, "refresh", Refresh);
        Write(folder, "login", Login);
    }

    private static T Read<T>(string folder, string name, MessageParser<T> parser)
        where T : IMessage<T> => parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder, name)));

    private static void Write(string folder, string name, IMessage answer) => File.WriteAllBytes(Path.Combine(folder, name), answer.ToByteArray());
}
