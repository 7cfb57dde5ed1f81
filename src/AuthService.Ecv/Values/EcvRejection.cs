namespace AuthService.Ecv.Values;

/// <summary>Why an <c>ecv1.</c> value was refused.</summary>
public enum EcvRejection
{
    None = 0,

    /// <summary>Not in the format: prefix, base64url, length, order or version.</summary>
    Malformed = 1,

    /// <summary>Its key id names no key of this server.</summary>
    UnknownKey = 2,

    /// <summary>Its MAC does not fit: it was altered, or another key made it.</summary>
    Tampered = 3,

    /// <summary>Genuine, but made for another account.</summary>
    OtherAccount = 4,
}
