using System.Diagnostics;
using AuthService.V1;
using Grpc.Core;
using AuthService.LoadTest.Subject;

namespace AuthService.LoadTest.LoginOracle;

/// <summary>One failed login, as its sender sees it.</summary>
/// <param name="Total">Microseconds from sending to the answer.</param>
/// <param name="Rest">The same without the time that the service took for the hash: where a difference would hide in less noise.</param>
/// <param name="Answer">Status, and every header and trailer but the date.</param>
internal readonly record struct Observation(double Total, double Rest, string Answer);

/// <summary>Tries wrong passwords, one after another, and takes the time.</summary>
internal sealed class Probe(OwnService service, HashTimes hashes)
{
    private readonly LoginService.LoginServiceClient _client = new(service.Channel);

    /// <param name="identifier">Known or not.</param>
    /// <param name="from">Whose network it is tried from: an attacker's, so nobody's home.</param>
    /// <param name="injected">Microseconds that the call is held up on purpose.</param>
    public async Task<Observation> TryAsync(string identifier, int from, int injected)
    {
        var request = new LoginRequest
        {
            RequestId = Population.RequestId(), Identifier = identifier, Password = "not the right one, as it happens",
            Environment = Population.Surroundings(90_000_000 + from),
        };
        var headers = Population.From(from);
        headers.Add(InjectedDelay.Header, InjectedDelay.Of(injected));

        var started = Stopwatch.GetTimestamp();
        using var call = _client.LoginAsync(request, headers);
        try
        {
            await call;
        }
        catch (RpcException refusal)
        {
            var total = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            return new Observation(total, total - await hashes.NextAsync(), Describe(refusal, await call.ResponseHeadersAsync));
        }

        throw new InvalidOperationException("A wrong password was taken.");
    }

    private static string Describe(RpcException refusal, Metadata headers) => string.Join('\n', headers.Concat(refusal.Trailers)
        .Where(entry => entry.Key != "date")
        .Select(entry => $"{entry.Key}: {(entry.IsBinary ? Convert.ToBase64String(entry.ValueBytes) : entry.Value)}")
        .Prepend($"{refusal.StatusCode} {refusal.Status.Detail}"));
}
