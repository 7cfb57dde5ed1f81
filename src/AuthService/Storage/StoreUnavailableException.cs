namespace AuthService.Storage;

/// <summary>The store did not do what it was asked. Whether a write took place is unknown only if the connection broke in its commit.</summary>
public sealed class StoreUnavailableException(Exception cause) : Exception("The store is unavailable.", cause);
