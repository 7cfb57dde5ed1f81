using Google.Protobuf.Reflection;

namespace AuthService.Protocol;

/// <summary>
/// The full name of an RPC with its leading slash, exactly as HTTP/2 carries it in <c>:path</c>:
/// <c>/authservice.v1.LoginService/Login</c>. This is the form that proofs sign and that the audit log shows.
/// </summary>
public readonly record struct RpcName
{
    /// <summary>The longest name taken, in characters.</summary>
    public const int MaxLength = 128;

    private RpcName(string value) => Value = value;

    /// <summary>With its leading slash. Null only in <c>default</c>, which names nothing.</summary>
    public string Value { get; }

    /// <summary>The name of a method of a service that was loaded from its descriptor.</summary>
    public static RpcName Of(MethodDescriptor method) => new($"/{method.Service.FullName}/{method.Name}");

    /// <summary>Takes <c>/package.Service/Method</c>: letters, digits, '_' and '.', two slashes, nothing else.</summary>
    public static bool TryParse(string? path, out RpcName name)
    {
        name = default;
        if (path is null || path.Length is < 4 or > MaxLength || path[0] != '/')
            return false;

        var middle = path.IndexOf('/', 1);
        if (middle < 2 || middle == path.Length - 1)
            return false;

        if (!IsIdentifier(path.AsSpan(1, middle - 1), dots: true) || !IsIdentifier(path.AsSpan(middle + 1), dots: false))
            return false;

        name = new RpcName(path);
        return true;
    }

    public override string ToString() => Value;

    private static bool IsIdentifier(ReadOnlySpan<char> text, bool dots)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character != '_' && !(dots && character == '.'))
                return false;
        }

        return true;
    }
}
