namespace AuthService.LoadTest.ColdStart;

/// <summary>The working copy that this was built from.</summary>
internal static class WorkingCopy
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "AuthService.sln")))
                return at.FullName;
        }

        throw new InvalidOperationException($"{folder} lies in no working copy: there is nothing to publish.");
    }
}
