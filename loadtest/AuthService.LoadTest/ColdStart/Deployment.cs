using System.Diagnostics.CodeAnalysis;
using AuthService.LoadTest.Subject;
using AuthService.V1;

namespace AuthService.LoadTest.ColdStart;

/// <summary>A database on disk that people have used, and what an operator would say of it to a service in Production.</summary>
internal sealed class Deployment : IDisposable
{
    private const int LoginsBefore = 3;

    private readonly Session[] _people;
    private readonly string _data = Directory.CreateTempSubdirectory("authservice-cold-start-").FullName;

    private Deployment(int people) => _people = new Session[people];

    /// <summary>Environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Settings => Production.Settings(_data);

    /// <summary>Of a service that may validate sessions.</summary>
    public string ServiceToken { get; private set; } = "";

    /// <summary>Each person's latest session.</summary>
    public IReadOnlyList<Session> People => _people;

    [SuppressMessage("Reliability", "CA2000", Justification = "It is returned, or disposed of.")]
    public static async Task<Deployment> MakeAsync(int people)
    {
        var made = new Deployment(people);
        try
        {
            await using var service = await OwnService.StartAsync(made._data, new Dictionary<string, string?> { ["Deployment:Issuer"] = Production.Issuer });
            for (var number = 0; number < people; number++)
                made._people[number] = await Population.SettleAtHomeAsync(service, number, LoginsBefore);
            made.ServiceToken = (await File.ReadAllTextAsync(Path.Combine(made._data, "bootstrap", "service.token"))).Trim();
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    public void Keep(int number, Session latest) => _people[number] = latest;

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
