using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography.X509Certificates;

namespace AuthService.Client.AspNetCore;

/// <summary>Where AuthService is, whose tokens are taken, and how much is remembered. Checked at start, all of it at once.</summary>
public sealed class AuthServiceSessionsOptions
{
    /// <summary>AuthService's gRPC port: <c>https://</c>, or <c>http://</c> on loopback only, since this service's credential goes there.</summary>
    public Uri? Address { get; set; }

    /// <summary>AuthService's <c>Deployment:Issuer</c>; in Development <c>http://127.0.0.1:5081</c>. Tokens of others are refused.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Name and region of the deployment. Default <c>authservice/de</c>, as in Development. Tokens for others are refused.</summary>
    public string Audience { get; set; } = "authservice/de";

    /// <summary>This service's credential, with the scopes <c>sessions.watch</c> and <c>sessions.validate</c>. Or <see cref="CredentialFile"/>.</summary>
    public string? Credential { get; set; }

    /// <summary>A file that holds the credential. Read each time it is needed: put another one in its place without a restart.</summary>
    public string? CredentialFile { get; set; }

    /// <summary>What becomes of tokens whose session is bound to a device key. Default: refused.</summary>
    public KeyBoundTokens KeyBoundTokens { get; set; } = KeyBoundTokens.Refuse;

    /// <summary>
    /// How many access tokens are remembered as verified. Default 50,000. With fewer than are in use, signatures are verified again, and
    /// AuthService is asked more often.
    /// </summary>
    [Range(100, 10_000_000)]
    public int TokensCached { get; set; } = 50_000;

    /// <summary>
    /// How many ended sessions are remembered, each for ten minutes. Default 100,000. When more end, the oldest are forgotten, and
    /// AuthService is asked about tokens from before: never are they let in.
    /// </summary>
    [Range(100, 10_000_000)]
    public int ChangesRemembered { get; set; } = 100_000;

    /// <summary>How many questions to AuthService are under way at a time. Default 64.</summary>
    [Range(1, 10_000)]
    public int QuestionsAtOnce { get; set; } = 64;

    /// <summary>How many more wait for their turn; whoever comes then gets 503. Default 1,024.</summary>
    [Range(0, 100_000)]
    public int QuestionsWaiting { get; set; } = 1_024;

    /// <summary>How long a question may take, its turn included, before the answer is 503. Default 2 s; 100 ms to 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Which certificates to trust. Default null: those that the system trusts.</summary>
    public X509ChainPolicy? CertificateChainPolicy { get; set; }

    /// <summary>For tests in process: sends instead of sockets. It stays the caller's, who disposes of it.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }
}

/// <summary>
/// What becomes of an access token with <c>cnf.jkt</c> (RFC 7800): whoever shows it should prove that they hold the device key.
/// </summary>
/// <remarks>
/// A proof (docs/proof.md) names the RPC, the request and the certificate of AuthService itself, so that none made for AuthService can be
/// shown elsewhere; this service sees none, and could not check one.
/// </remarks>
public enum KeyBoundTokens
{
    /// <summary>
    /// Refused. The token alone is worth nothing, as AuthService promises the owner of the key; RFC 9449 §7.1 asks for the same. For a
    /// service that apps call directly.
    /// </summary>
    Refuse = 0,

    /// <summary>
    /// Taken like any other: a stolen one is good here for the minutes that it lives, or until its session ends. For a service that only
    /// trusted callers reach, who saw the proof or keep the tokens themselves. The thumbprint is the claim <c>cnf_jkt</c>.
    /// </summary>
    AcceptAsBearer = 1,
}
