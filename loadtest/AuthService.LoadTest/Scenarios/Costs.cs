using AuthService.LoadTest.Load;

namespace AuthService.LoadTest.Scenarios;

/// <summary>Processor time in words. The load's own share of the cores hides part of a difference; this does not.</summary>
internal static class Costs
{
    public static string Of(LoadResult service, LoadResult bare) => service.ServerEach is { } one && bare.ServerEach is { } other
        ? FormattableString.Invariant($"server {one:f1} µs a call beside {other:f1}, client {service.ClientEach:f1} and {bare.ClientEach:f1}")
        : FormattableString.Invariant($"client {service.ClientEach:f1} µs a call beside {bare.ClientEach:f1}");
}
