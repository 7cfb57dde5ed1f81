using System.Security.Cryptography;
using AuthService.V1;
using Google.Type;
using Grpc.Core;

namespace AuthService.LoadTest.Subject;

/// <summary>People with accounts, and the identifiers of people without.</summary>
internal static class Population
{
    private const string Password = "a flock of unhurried pelicans";
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 8 };

    public static string Known(int number) => $"somebody-{number:00000}@example.org";

    /// <summary>As long as a known one, and as many as are asked for.</summary>
    public static string Unknown(int number) => $"nobody-at-{number:00000}@example.org";

    /// <summary>Each signs up from a home and an address of their own, with every consent.</summary>
    public static Task SignUpAllAsync(ISubject service, IEnumerable<int> numbers) => Parallel.ForEachAsync(
        numbers, AtOnce, async (number, _) => await SignUpAsync(service, number));

    /// <summary>Each signs up and lives with the service for a while: logs in from so many surroundings, each time new ones.</summary>
    public static Task SettleAllAsync(ISubject service, IEnumerable<(int Number, int Logins)> people) => Parallel.ForEachAsync(
        people, AtOnce, async (person, _) => await LiveAsync(service, person.Number, person.Logins, (await SignUpAsync(service, person.Number)).DeviceToken));

    /// <summary>Somebody who lives at home: signs up, and logs in from there so many times.</summary>
    /// <returns>The newest session.</returns>
    public static async Task<Session> SettleAtHomeAsync(ISubject service, int number, int logins)
    {
        var session = await SignUpAsync(service, number);
        for (var login = 0; login < logins; login++)
            session = await LogInAsync(service, number, session.DeviceToken);
        return session;
    }

    /// <summary>From home, with a device that is remembered.</summary>
    public static async Task<Session> LogInAsync(ISubject service, int number, string deviceToken)
    {
        var answer = await new LoginService.LoginServiceClient(service.Channel).LoginAsync(AtHome(number, deviceToken), From(number));
        return answer.Session ?? throw new InvalidOperationException($"Somebody at home was stepped up: {answer.StepUp}");
    }

    /// <summary>Somebody new, at home; their device is remembered.</summary>
    public static async Task<Session> SignUpAsync(ISubject service, int number)
    {
        var client = new AccountService.AccountServiceClient(service.Channel);
        var request = new CreateAccountRequest
        {
            RequestId = RequestId(), Email = Known(number), Password = Password, BirthDate = new Date { Year = 1990, Month = 4, Day = 2 },
            Region = "de", PolicyVersion = "1", Locale = "de-DE", Environment = Surroundings(number),
            Consents = { ConsentPurpose.DeviceIdentification, ConsentPurpose.WifiEnvironment, ConsentPurpose.Location },
        };
        var created = await client.CreateAccountAsync(request, From(number));
        var verify = new VerifyContactRequest
        {
            RequestId = RequestId(), VerificationId = created.VerificationId, Code = await service.CodeAsync(Known(number)), RememberDevice = true,
        };
        return (await client.VerifyContactAsync(verify, From(number))).Session;
    }

    /// <summary>A login from home.</summary>
    public static LoginRequest AtHome(int number, string deviceToken) => new()
    {
        RequestId = RequestId(), Identifier = Known(number), Password = Password, DeviceToken = deviceToken, Environment = Surroundings(number),
    };

    private static async Task LiveAsync(ISubject service, int number, int logins, string deviceToken)
    {
        var client = new LoginService.LoginServiceClient(service.Channel);
        for (var login = 1; login <= logins; login++)
        {
            var request = new LoginRequest
            {
                RequestId = RequestId(), Identifier = Known(number), Password = Password, DeviceToken = deviceToken,
                Environment = Surroundings(number + 100_000 * login),
            };
            var answer = await client.LoginAsync(request, From(number));
            deviceToken = (answer.Session ?? await StepUpAsync(service, number, answer.StepUp.StepUpId)).DeviceToken;
        }
    }

    private static async Task<Session> StepUpAsync(ISubject service, int number, string stepUpId)
    {
        var client = new LoginService.LoginServiceClient(service.Channel);
        await client.SendStepUpCodeAsync(new SendStepUpCodeRequest { RequestId = RequestId(), StepUpId = stepUpId }, From(number));
        var complete = new CompleteStepUpRequest
        {
            RequestId = RequestId(), StepUpId = stepUpId, Code = await service.CodeAsync(Known(number)), RememberDevice = true,
        };
        return (await client.CompleteStepUpAsync(complete, From(number))).Session;
    }

    public static EnvironmentSignals Surroundings(int number) => new()
    {
        Device = new DeviceSignals
        {
            HardwareId = $"hardware-{number:x8}", BoardId = $"board-{number:x8}", Manufacturer = "Google", Model = $"Pixel {number % 10}",
            OsName = "Android", OsVersion = "16.0.0", DeviceName = $"phone {number}", Category = "phone",
        },
        Wifi = new WifiSignals
        {
            Ssid = $"flat-{number}", Bssid = Mac(number), RssiDbm = -50,
            Neighbours = { Enumerable.Range(1, 8).Select(other => new AccessPoint { Bssid = Mac(number * 8 + other), RssiDbm = -60 - other }) },
        },
        Location = new LocationSignals
        {
            CountryCode = "DE", CityCode = "DEBER", MccMnc = "262-01", CellId = $"{number:0000000}", Latitude = 52 + number % 100 / 100.0,
            Longitude = 13 + number % 77 / 77.0, AccuracyM = 20, Language = "de-DE",
        },
    };

    public static string RequestId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Development believes loopback's X-Forwarded-For.</summary>
    public static Metadata From(int number) => new() { { "x-forwarded-for", Network(number) } };

    /// <summary>The address of a home.</summary>
    public static string Network(int number) => $"198.{18 + (number >> 16 & 1)}.{number >> 8 & 255}.{number & 255}";

    private static string Mac(int number) => $"3c:37:{number >> 24 & 255:x2}:{number >> 16 & 255:x2}:{number >> 8 & 255:x2}:{number & 255:x2}";
}
