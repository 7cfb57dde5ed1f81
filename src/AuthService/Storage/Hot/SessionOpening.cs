namespace AuthService.Storage.Hot;

/// <summary>What opened a session: the same request, sent again, ends it.</summary>
/// <param name="Account">Its owner's id.</param>
/// <param name="Since">Requests are remembered from here on.</param>
/// <param name="Request">The request's fingerprint.</param>
internal readonly record struct SessionOpening(string Account, DateTimeOffset Since, string Request);
