using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;

namespace AuthService.Sessions;

/// <summary>What of a session decides whether its access tokens are good, and what they are worth. Immutable.</summary>
/// <param name="EndedAt">Or null.</param>
/// <param name="TokensFrom">The lowest generation whose tokens are good.</param>
/// <param name="Newest">The highest generation that tokens were issued with.</param>
/// <param name="FactorAt">When a factor was last passed.</param>
/// <param name="Aal2Until">Or null if the session is not at aal2.</param>
internal sealed record SessionState(
    AccountId Account,
    SessionId Session,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? EndedAt,
    int TokensFrom,
    int Newest,
    DateTimeOffset FactorAt,
    DateTimeOffset? Aal2Until,
    IReadOnlyList<string> Methods,
    RiskLevel Risk)
{
    public static SessionState Of(SessionRow row)
    {
        var factors = new FactorSet(row.Factors);
        var risk = (RiskLevel)row.Risk;
        return new SessionState(
            AccountId.Parse(row.AccountId),
            SessionId.Parse(row.Id),
            row.ExpiresAt,
            row.EndedAt,
            row.TokensFrom,
            row.NextHash is null ? row.Generation : row.Generation + 1,
            row.FactorAt,
            Assurance.Aal2Until(factors, row.SecondFactorAt, row.RefreshedAt),
            factors.Methods(judged: risk != RiskLevel.Unspecified),
            risk);
    }
}
