using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.RiskLab.Contestants;
using AuthService.RiskLab.Contestants.Engine;
using AuthService.RiskLab.Logins;
using AuthService.RiskLab.Population;

namespace AuthService.RiskLab.Trials;

/// <summary>
/// The patient poisoner. He has the password, a copied profile, a stolen device token that goes on working, and a proxy in the
/// victim's own network. For ninety days he logs in daily with one value of his own among the victim's, and changes the next
/// where the last was allowed three times; he never passes a step-up. The owner lives on meanwhile. Then he comes with
/// surroundings that are all his own, and still the token.
/// </summary>
internal static class Poisoning
{
    public const int Days = 90;
    private const int TakenAsLearned = 3;

    /// <param name="Length">Of the victim's history when it began.</param>
    /// <param name="Victims">How many were tried.</param>
    /// <param name="Dripped">His logins, one changed value among the victim's.</param>
    /// <param name="DripsAllowed">Of these, how many were allowed.</param>
    /// <param name="Steps">How many of his values were taken as the owner's, in the median.</param>
    /// <param name="Accepted">Logins with surroundings of his own that were allowed in the end.</param>
    /// <param name="WithoutToken">The same without the stolen token.</param>
    internal sealed record Result(int Length, int Victims, long Dripped, long DripsAllowed, double Steps, int Accepted, int WithoutToken);

    public static Result Play(Trial trial, int length, int victims, Func<Contestant> contestant, Action progress)
    {
        var (dripped, allowed, accepted, withoutToken) = (0L, 0L, 0, 0);
        var steps = new List<int>();
        var logins = trial.Attempts.Where(attempt => attempt.Kind == AttemptKind.Login).ToLookup(attempt => attempt.Person);
        foreach (var person in logins.Where(own => own.Count() > length + 10).Select(own => own.Key).Order().Take(victims))
        {
            // Alone on the service: nothing else may help or hinder him.
            var engine = contestant();
            var own = logins[person].OrderBy(attempt => attempt.Ticks).Select(trial.LoginOf).ToArray();
            foreach (var login in own[..length])
                engine.Learn(login, engine.Judge(login));
            var drip = new Drip(trial.Life, trial.People[person], own[length - 1]);
            var next = length;
            for (var day = 1; day <= Days; day++)
            {
                var now = own[length - 1].Time.AddDays(day);
                for (; next < own.Length && own[next].Time < now; next++)
                    engine.Learn(own[next], engine.Judge(own[next]));
                var attempt = drip.On(now);
                var judged = engine.Judge(attempt);
                engine.Learn(attempt, judged);
                drip.Saw(judged.Decision);
                dripped++;
                allowed += judged.Decision == Decision.Allow ? 1 : 0;
            }

            var last = drip.AllHisOwn(own[length - 1].Time.AddDays(Days + 1));
            accepted += engine.Judge(last).Decision == Decision.Allow ? 1 : 0;
            withoutToken += engine.Judge(last with { StolenToken = false }).Decision == Decision.Allow ? 1 : 0;
            steps.Add(drip.Step);
            progress();
        }

        steps.Sort();
        return new Result(length, steps.Count, dripped, allowed, steps.Count == 0 ? double.NaN : steps[steps.Count / 2], accepted, withoutToken);
    }

    /// <summary>Which of the victim's values he has replaced by his own so far.</summary>
    private sealed class Drip
    {
        private readonly LabLogin _stolen;
        private readonly LabLogin _own;
        private int _allowed;

        public Drip(Life life, Person victim, LabLogin stolen)
        {
            _stolen = stolen with { Key = null, Thing = null, StolenToken = true, Completed = false };
            var dice = Dice.Of(life.World.Seed, "poisoner", victim.Id);
            var thief = Neighbour(life, victim, ref dice);
            _own = life.Login(thief, stolen.Time, 7_000_000 + victim.Id) with
            {
                User = stolen.User, Key = null, Thing = null, StolenToken = true, Completed = false,
            };
        }

        /// <summary>How many of his values were allowed so often that he takes them as learned.</summary>
        public int Step { get; private set; }

        public LabLogin On(DateTimeOffset time) => Mix(Step + 1) with { Time = time };

        public void Saw(Decision decision)
        {
            _allowed += decision == Decision.Allow ? 1 : 0;
            if (_allowed >= TakenAsLearned)
                (Step, _allowed) = (Step + 1, 0);
        }

        public LabLogin AllHisOwn(DateTimeOffset time) => _own with { Time = time };

        /// <summary>The first so many of his, from what moves least to what moves most.</summary>
        private LabLogin Mix(int own)
        {
            var (his, theirs) = (_own.Signals, _stolen.Signals);
            var at = 0;
            bool Take() => at++ < own;
            var signals = new RawSignals
            {
                Location = theirs.Location is null ? null : theirs.Location with
                {
                    Language = Take() ? his.Location?.Language : theirs.Location.Language,
                    CellId = Take() ? his.Location?.CellId : theirs.Location.CellId,
                    Latitude = Take() ? his.Location?.Latitude : theirs.Location.Latitude,
                    Longitude = at <= own ? his.Location?.Longitude : theirs.Location.Longitude,
                },
                PlatformAccountHashes = Take() ? his.PlatformAccountHashes : theirs.PlatformAccountHashes,
                Device = theirs.Device is null ? null : theirs.Device with
                {
                    DeviceName = Take() ? his.Device?.DeviceName : theirs.Device.DeviceName,
                    OsVersion = Take() ? his.Device?.OsVersion : theirs.Device.OsVersion,
                    HardwareId = Take() ? his.Device?.HardwareId : theirs.Device.HardwareId,
                },
                Wifi = Take() ? his.Wifi : theirs.Wifi,
            };
            var device = Take() ? his.Device : signals.Device;
            return _stolen with
            {
                Signals = signals with { Device = device, Location = Take() ? his.Location : signals.Location },
                Agent = at <= own ? _own.Agent : _stolen.Agent,
                Origin = Take() ? _own.Origin : _stolen.Origin,
            };
        }

        /// <summary>He lives in the same country, in a home of his own.</summary>
        private static Person Neighbour(Life life, Person victim, ref Dice dice)
        {
            var city = victim.Home.City.Country.PickCity(ref dice);
            var home = Place.Create(life.World.Seed, PlaceKind.Home, 50_000_000 + victim.Id, city);
            var phone = victim.Phones[0].Phone with { Id = 900_000_000L + victim.Id, Model = DeviceModel.Pick(DeviceModel.Phones, ref dice), HasKey = false };
            return victim with
            {
                Id = 1_000_000 + victim.Id, Home = home, Work = null, ThirdPlaces = [home, home], Phones = [(double.MinValue, phone)],
                Tablet = null, Laptop = null, WorkComputer = null, Trips = [], VpnUse = 0, HidesEverything = false, HidesPlace = false,
            };
        }
    }
}
