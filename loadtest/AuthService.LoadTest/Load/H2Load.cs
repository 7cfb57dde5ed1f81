using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AuthService.LoadTest.Subject;

namespace AuthService.LoadTest.Load;

/// <summary>nghttp2's load generator: written in C, it takes far less of the cores than a client in .NET does.</summary>
internal static partial class H2Load
{
    /// <param name="server">Where to.</param>
    /// <param name="process">Whose processor time is read.</param>
    /// <param name="call">The same again and again.</param>
    /// <param name="connections">With <paramref name="onEach"/> calls under way on each.</param>
    /// <param name="onEach">Calls under way on a connection.</param>
    /// <param name="warmUp">Goes before, and is not counted.</param>
    /// <param name="time">How long is counted.</param>
    /// <returns>Calls a second, and microseconds of the server's processor time for each.</returns>
    /// <exception cref="InvalidOperationException">It is not installed, or a call failed.</exception>
    public static async Task<(double PerSecond, double? ServerEach)> RunAsync(
        Uri server, ServerProcess? process, RawRequest call, int connections, int onEach, TimeSpan warmUp, TimeSpan time)
    {
        var frame = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(frame, call.Frame);
            await RunAsync(Arguments(warmUp));
            var before = process?.ProcessorTime;
            var said = await RunAsync(Arguments(time));
            var used = process?.ProcessorTime - before;

            if (Done().Match(said) is not { Success: true } done || Rate().Match(said) is not { Success: true } rate || done.Groups["done"].Value != done.Groups["good"].Value)
                throw new InvalidOperationException($"h2load says:\n{said}");
            var calls = double.Parse(done.Groups["done"].Value, CultureInfo.InvariantCulture);
            return (double.Parse(rate.Groups["rate"].Value, CultureInfo.InvariantCulture), used?.TotalMicroseconds / calls);
        }
        finally
        {
            File.Delete(frame);
        }

        IEnumerable<string> Arguments(TimeSpan duration) =>
        [
            "-t", "1", "-c", Text(connections), "-m", Text(onEach), "--duration", Text((int)Math.Ceiling(duration.TotalSeconds)), "-d", frame,
            .. call.Metadata.Append(("content-type", "application/grpc")).Append(("te", "trailers")).SelectMany(header => (string[])["-H", $"{header.Item1}: {header.Item2}"]),
            new Uri(server, call.Path).ToString(),
        ];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<string> RunAsync(IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("h2load", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return said;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("h2load is not installed: it is in Debian's package nghttp2-client.", missing);
        }
    }

    [GeneratedRegex(@"finished in [^,]+, (?<rate>[0-9.]+) req/s", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"(?<done>\d+) done, (?<good>\d+) succeeded", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Done();
}
