using System.Collections.Immutable;

namespace AuthService.Ecv.Tokens;

/// <summary>The cells around a place at each level, and how near the place is to them, so that a border is no cliff.</summary>
/// <param name="Levels">From coarse to fine, as many as the place has.</param>
internal sealed record CellNeighbourhood(ImmutableArray<CellLevel> Levels);

/// <summary>One level of a neighbourhood.</summary>
/// <param name="Neighbours">The up to eight cells around the place's own.</param>
/// <param name="Fade">How much this level says at this latitude, in units of 2⁻¹⁶: cells narrow towards the poles.</param>
internal sealed record CellLevel(ImmutableArray<NeighbourCell> Neighbours, uint Fade)
{
    private const uint One = 1 << 16;

    /// <summary>A known cell as seen from the place: its own, a neighbour, or (with nothing close about it) any other.</summary>
    public NeighbourCell Find(Token known, Token own)
    {
        if (known == own)
            return new NeighbourCell(own, One, One);

        foreach (var neighbour in Neighbours)
        {
            if (neighbour.Token == known)
                return neighbour;
        }

        return default;
    }
}

/// <summary>A cell next to the place's own.</summary>
/// <param name="Token">Its token.</param>
/// <param name="Closeness">1 at the shared border, 0 one cell away, linear; in units of 2⁻¹⁶.</param>
/// <param name="Share">How far its history speaks for the place: 1 at the border, 2⁻⁶ one cell away, less the rest; in units of 2⁻¹⁶.</param>
internal readonly record struct NeighbourCell(Token Token, uint Closeness, uint Share);
