using AuthService.Ecv.Characteristics;

namespace AuthService.Ecv.Tokens;

/// <summary>A value as the population statistics count it, under the service-wide key.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Level">Index of the level, coarsest 0.</param>
/// <param name="Token">The value's token.</param>
/// <param name="Parent">The token of the next coarser level present; absent for the coarsest.</param>
/// <param name="ParentLevel">Its level, or -1.</param>
public readonly record struct PopulationToken(CharacteristicKind Kind, int Level, Token Token, Token Parent, int ParentLevel);
