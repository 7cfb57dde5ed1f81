namespace AuthService.RateLimiting;

/// <summary>What is limited. Each has its own rate, and its own keys.</summary>
public enum LimitName
{
    /// <summary>Everything that a network sends, signed in or not. Key: IPv4 address, IPv6 /64.</summary>
    Network,

    /// <summary>Calls of a network that cost a hash or a message: sign-up, login, recovery. Key as above.</summary>
    NetworkLogin,

    /// <summary>Login and recovery attempts on one identifier, known or not. Key: its blind index.</summary>
    Identifier,

    /// <summary>Codes that one network has sent to one contact. Key: the contact's blind index and the network's /24 or /48.</summary>
    Messages,

    /// <summary>
    /// Codes sent to one contact from wherever. Far wider, so that a stranger cannot use up what its owner needs to recover.
    /// Key: its blind index.
    /// </summary>
    ContactMessages,

    /// <summary>Calls of a device; charged only after its signature verified, so that nobody else can use it up. Key: device id.</summary>
    Device,

    /// <summary>Calls of a signed-in account. Key: account id.</summary>
    Account,

    /// <summary>Judgements of one account by <c>EcvService</c>, which is an oracle. Key: account id.</summary>
    Verdicts,

    /// <summary>Calls of an internal service. Key: credential id.</summary>
    Service,

    /// <summary>Logins of the whole deployment. One key.</summary>
    AllLogins,
}
