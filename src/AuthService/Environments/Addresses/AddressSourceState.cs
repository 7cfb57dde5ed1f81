namespace AuthService.Environments.Addresses;

/// <summary>How a file is doing.</summary>
/// <param name="Name">Of the file, without its folder.</param>
/// <param name="IsList">Whether it is the operator's own list, which does not go stale.</param>
/// <param name="MadeAt">When its maker made what is in use; of a list, when it was last written.</param>
/// <param name="IsUpToDate">False while a newer one lies on disk that cannot be used.</param>
internal sealed record AddressSourceState(string Name, bool IsList, DateTimeOffset MadeAt, bool IsUpToDate);
