using AuthService.LoadTest.Subject;

namespace AuthService.LoadTest.Load;

/// <summary>
/// Before anything is counted: a server that has run for a minute has compiled what it runs often, and one that has just been started
/// is at it while it is measured.
/// </summary>
internal static class WarmUp
{
    /// <param name="server">Who is to be warm, if it is known; its rest is waited for.</param>
    /// <param name="patience">For that, at most, each time.</param>
    /// <param name="load">As it will be measured.</param>
    public static async Task RunAsync(ServerProcess? server, TimeSpan patience, Func<Task> load)
    {
        // Compiled again with what was learned of it, after it was compiled in haste.
        for (var pass = 0; pass < 2; pass++)
        {
            await load();
            if (server is not null)
                await server.RestAsync(patience);
        }
    }
}
