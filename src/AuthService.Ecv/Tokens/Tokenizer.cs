using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Tokens;

/// <summary>Turns canonical signals into keyed tokens. What consent does not cover is dropped before it is hashed.</summary>
public static class Tokenizer
{
    /// <summary>For an account, under its K_account.</summary>
    public static TokenizedEnvironment Tokenize(
        EcvKey accountKey, CanonicalSignals signals, SignalConsents consents, ConnectionObservation observation)
    {
        using var hash = new TokenHash(accountKey);
        var writer = new EnvironmentWriter(hash);
        SignalTokens.Write(Consented.Of(signals, consents), writer);
        ObservationTokens.Write(observation, writer);
        return writer.ToEnvironment(observation.NetworkClass, fromValue: false);
    }

    /// <summary>Adds what the server observed to an environment that was decoded from a value. An earlier observation in it is replaced.</summary>
    public static TokenizedEnvironment AddObservation(
        EcvKey accountKey, TokenizedEnvironment environment, ConnectionObservation observation)
    {
        using var hash = new TokenHash(accountKey);
        var writer = new EnvironmentWriter(hash, environment);
        ObservationTokens.Write(observation, writer);
        return writer.ToEnvironment(observation.NetworkClass, environment.FromValue);
    }

    /// <summary>The values to look up in, and add to, the population statistics, under the service-wide key.</summary>
    /// <remarks>Grid cells, scenes and sets of accounts are not counted, so they are not even hashed.</remarks>
    public static IReadOnlyList<PopulationToken> TokenizeForPopulation(
        EcvKey serviceKey, CanonicalSignals signals, SignalConsents consents, ConnectionObservation observation) =>
        PopulationTokens.Of(Tokenize(
            serviceKey, signals with { Fix = null, Scene = [], PlatformAccounts = [] }, consents, observation));
}
