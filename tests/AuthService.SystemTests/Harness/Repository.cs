namespace AuthService.SystemTests.Harness;

/// <summary>The working copy that these tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "AuthService.sln")))
                return at.FullName;
        }

        throw new InvalidOperationException($"{folder} lies in no working copy.");
    }
}
