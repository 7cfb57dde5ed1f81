namespace AuthService.Storage.Redis;

/// <summary>The <c>.lua</c> files that run in Redis, each in one piece.</summary>
internal static class EmbeddedScripts
{
    public static string Read(string name)
    {
        using var stream = typeof(EmbeddedScripts).Assembly.GetManifestResourceStream($"AuthService.Lua.{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
