namespace AuthService.Security.Proofs;

/// <summary>The <c>jti</c> values seen, each until no proof with it could be good any more: in this process, or in Redis.</summary>
internal interface IUsedProofIds
{
    /// <returns>False if it was used before, or if there is no room to remember it: what cannot be remembered is refused.</returns>
    ValueTask<bool> TryUseAsync(string id, TimeSpan rememberFor, CancellationToken cancellationToken);
}
