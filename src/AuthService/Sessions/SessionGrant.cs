using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;

namespace AuthService.Sessions;

/// <summary>What a new session is opened with.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Device">The bound device whose key proved possession, or null: then the session is bound to no key.</param>
/// <param name="Factors">What the person authenticated with.</param>
/// <param name="Risk">How the surroundings looked.</param>
/// <param name="RequestId">The request that opens it, or empty: an earlier session that the same request opened ends.</param>
public sealed record SessionGrant(AccountId Account, DeviceRow? Device, IReadOnlyList<FactorKind> Factors, RiskLevel Risk, string RequestId);
