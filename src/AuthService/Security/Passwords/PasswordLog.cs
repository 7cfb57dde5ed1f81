namespace AuthService.Security.Passwords;

internal static partial class PasswordLog
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "Argon2id is computed by the {Backend} back end")]
    public static partial void BackendChosen(this ILogger logger, string backend);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "libsodium does not load; the managed Argon2id is three to four times slower")]
    public static partial void NativeBackendMissing(this ILogger logger, Exception fault);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning, Message = "The nice value of a hashing thread could not be set (errno {Error}); it runs at normal priority")]
    public static partial void PriorityUnchanged(this ILogger logger, int error);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Error, Message = "A stored password hash cannot be read; nobody can sign in with it")]
    public static partial void StoredHashMalformed(this ILogger logger);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Error, Message = "The keyring lacks the pepper {Pepper} of a stored password hash; nobody can sign in with it")]
    public static partial void PepperMissing(this ILogger logger, string pepper);
}
