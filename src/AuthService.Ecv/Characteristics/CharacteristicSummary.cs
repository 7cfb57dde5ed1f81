namespace AuthService.Ecv.Characteristics;

/// <summary>That a characteristic is present, and how finely; no value.</summary>
/// <param name="Kind">Its name, <c>network.origin</c>.</param>
/// <param name="Group">Its group, <c>place</c>.</param>
/// <param name="Levels">The levels present, from coarse to fine.</param>
public sealed record CharacteristicSummary(string Kind, string Group, IReadOnlyList<string> Levels);
