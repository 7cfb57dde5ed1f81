namespace AuthService.Security;

/// <summary>A value that must not be written anywhere: <see cref="ToString"/> does not tell it.</summary>
/// <typeparam name="T">What is secret: a password, a token, a code.</typeparam>
public readonly record struct Secret<T>(T Value)
{
    public override string ToString() => "[secret]";
}
