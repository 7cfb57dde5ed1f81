namespace AuthService.Hosting.Calls;

/// <summary>Knows one kind of credential: sessions know access tokens, administration knows service credentials.</summary>
public interface ICallerSource
{
    /// <returns>The caller, or null if the token is not of this kind, or not good.</returns>
    ValueTask<Caller?> IdentifyAsync(string bearerToken, CancellationToken cancellationToken);
}
