using AuthService.Ecv.Signals;
using AuthService.Hosting.Errors;
using AuthService.V1;

namespace AuthService.Environments;

/// <summary>Takes environments at the edge: parses them, and says what is wrong with each field.</summary>
public sealed class EnvironmentReader(TimeProvider clock)
{
    /// <param name="fields">Takes the violations.</param>
    /// <param name="path">Where the message stands in the request: <c>environment</c>.</param>
    /// <param name="message">May be null: then there are no signals.</param>
    public CanonicalSignals Read(FieldViolations fields, string path, EnvironmentSignals? message) => throw new NotSupportedException(clock.ToString());
}
