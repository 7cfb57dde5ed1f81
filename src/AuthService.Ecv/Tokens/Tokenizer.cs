using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Tokens;

/// <summary>Turns canonical signals into keyed tokens. What consent does not cover is dropped before it is hashed.</summary>
public static class Tokenizer
{
    /// <summary>For an account, under its K_account.</summary>
    public static TokenizedEnvironment Tokenize(
        EcvKey accountKey, CanonicalSignals signals, SignalConsents consents, ConnectionObservation observation) =>
        throw new NotSupportedException();

    /// <summary>Adds what the server observed to an environment that was decoded from a value.</summary>
    public static TokenizedEnvironment AddObservation(
        EcvKey accountKey, TokenizedEnvironment environment, ConnectionObservation observation) =>
        throw new NotSupportedException();

    /// <summary>The values to look up in, and add to, the population statistics, under the service-wide key.</summary>
    public static IReadOnlyList<PopulationToken> TokenizeForPopulation(
        EcvKey serviceKey, CanonicalSignals signals, SignalConsents consents, ConnectionObservation observation) =>
        throw new NotSupportedException();
}
