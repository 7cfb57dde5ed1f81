using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Contestants;

/// <summary>
/// A vote of behaviours, as identity products have it: a device never seen, a city never seen, faster than one travels. The
/// score is how many of the three speak up.
/// </summary>
internal sealed class BehaviourVote : Contestant
{
    /// <summary>Of the figures in the field (250 to 1,000 km/h) one in the middle.</summary>
    private const double FasterThan = 800;

    private readonly Dictionary<string, History> _users = new(StringComparer.Ordinal);

    public override string Name => "behaviours vote";

    public override Judged Judge(LabLogin login)
    {
        if (!_users.TryGetValue(login.User, out var history))
            return new Judged(3);

        var votes = (history.Devices.Contains(DeviceOf(login)) ? 0 : 1)
            + (history.Cities.Contains(login.Origin.City ?? "") ? 0 : 1)
            + (history.SpeedTo(login) > FasterThan ? 1 : 0);
        return new Judged(votes);
    }

    public override void Learn(LabLogin login, Judged judged)
    {
        if (!_users.TryGetValue(login.User, out var history))
            _users[login.User] = history = new History();
        history.Devices.Add(DeviceOf(login));
        history.Cities.Add(login.Origin.City ?? "");
        (history.Fix, history.Time) = (login.Origin.Fix, login.Time);
    }

    /// <summary>A user agent without its versions.</summary>
    private static string DeviceOf(LabLogin login) =>
        string.Concat(login.Agent.Text.Where(character => !char.IsAsciiDigit(character))) + login.Agent.DeviceType;

    private sealed class History
    {
        public HashSet<string> Devices { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Cities { get; } = new(StringComparer.Ordinal);

        public Fix? Fix { get; set; }

        public DateTimeOffset Time { get; set; }

        /// <summary>Kilometres an hour since the last login, if both places are known.</summary>
        public double SpeedTo(LabLogin login) => Fix is { } from && login.Origin.Fix is { } to
            ? from.KilometresTo(to) / Math.Max((login.Time - Time).TotalHours, 1.0 / 60)
            : 0;
    }
}
