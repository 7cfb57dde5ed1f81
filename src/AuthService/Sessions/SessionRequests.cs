using AuthService.Hosting.Errors;
using AuthService.Protocol;
using AuthService.V1;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Sessions;

/// <summary>Reads the requests of services, and finds what is wrong with them.</summary>
internal static class SessionRequests
{
    public const int MaxBatch = 256;

    private const int MaxScopes = 32, MaxScopeLength = 64;

    /// <param name="fields">Takes the violations.</param>
    /// <param name="path">Where the message stands in the request: empty, or <c>requests[3].</c>.</param>
    public static TokenQuestion Read(FieldViolations fields, string path, ValidateSessionRequest request)
    {
        if (request.AccessToken.Length == 0)
            fields.Add($"{path}access_token", "Required.");
        if (request.RequiredScopes.Count > MaxScopes || HasBad(request.RequiredScopes))
            fields.Add($"{path}required_scopes", $"Must be at most {MaxScopes} scopes of 1 to {MaxScopeLength} characters.");

        var rank = AssuranceLevels.Rank(request.RequiredAal);
        if (rank == 0 && request.RequiredAal.Length > 0)
            fields.Add($"{path}required_aal", "Must be aal1, aal2, aal3 or empty.");
        return new TokenQuestion(request.AccessToken, request.RequiredScopes, rank);
    }

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT, with all that is wrong.</exception>
    public static IReadOnlyList<TokenQuestion> Read(BatchValidateSessionsRequest request)
    {
        if (request.Requests.Count > MaxBatch)
            throw CallErrors.InvalidField("requests", $"Must be at most {MaxBatch}.");

        var fields = new FieldViolations();
        var questions = new TokenQuestion[request.Requests.Count];
        for (var at = 0; at < questions.Length; at++)
            questions[at] = Read(fields, $"requests[{at}].", request.Requests[at]);
        fields.ThrowIfAny();
        return questions;
    }

    public static ValidateSessionResponse ToMessage(TokenAnswer answer)
    {
        var message = new ValidateSessionResponse { Active = answer.Fault == InactiveReason.Unspecified, Reason = answer.Fault };
        if (answer is not { Token: { } token, State: { } state })
            return message;

        message.AccountId = token.Account.Value;
        message.SessionId = token.Session.Value;
        message.DeviceId = token.Device?.Value ?? "";
        message.KeyThumbprint = token.KeyThumbprint ?? "";
        Add(message.Amr, state.Methods);
        Add(message.Scopes, token.Scopes);
        message.Aal = answer.Level;
        message.Risk = state.Risk;
        message.ExpiresAt = Timestamp.FromDateTimeOffset(token.ExpiresAt);
        message.FreshUntil = Timestamp.FromDateTimeOffset(answer.FreshUntil);
        return message;
    }

    private static bool HasBad(RepeatedField<string> scopes)
    {
        for (var at = 0; at < scopes.Count; at++)
        {
            if (scopes[at].Length is 0 or > MaxScopeLength)
                return true;
        }

        return false;
    }

    /// <summary>As AddRange, which looks through a list twice.</summary>
    private static void Add(RepeatedField<string> field, IReadOnlyList<string> values)
    {
        for (var at = 0; at < values.Count; at++)
            field.Add(values[at]);
    }
}
