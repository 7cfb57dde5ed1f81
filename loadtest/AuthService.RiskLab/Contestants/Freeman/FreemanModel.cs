using System.Globalization;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Contestants.Freeman;

/// <summary>
/// Freeman, Jain, Dürmuth, Biggio, Giacinto: "Who Are You? A Statistical Approach to Measuring User Authenticity", NDSS 2016,
/// as Wiefling et al. published and measured it (TOPS 2022; das-group/rba-algorithm): S = Π p(x) / p(x|u,L) · (1/|U|) / (n_u/N),
/// over address and user agent. It knows nothing else.
/// </summary>
/// <remarks>Where a person never had a feature's value at any level, the published code multiplies by exactly 4. So does this.</remarks>
internal sealed class FreemanModel : Contestant
{
    private readonly Dictionary<string, (Feature Address, Feature Agent, int Logins)> _users = new(StringComparer.Ordinal);
    private readonly Feature _address = new(Feature.Address);
    private readonly Feature _agent = new(Feature.Agent);
    private int _logins;

    public override string Name => "Freeman 2016";

    /// <summary>log₂ S: as S, in the same order.</summary>
    public override Judged Judge(LabLogin login)
    {
        if (!_users.TryGetValue(login.User, out var user))
            return new Judged(double.MaxValue);

        var (address, agent) = (AddressOf(login), AgentOf(login));
        var ratio = Ratio(_address, user.Address, address) * Ratio(_agent, user.Agent, agent) * (1.0 / _users.Count) / ((double)user.Logins / _logins);
        return new Judged(Math.Log2(ratio));
    }

    public override void Learn(LabLogin login, Judged judged)
    {
        var (address, agent) = (AddressOf(login), AgentOf(login));
        var (ownAddress, ownAgent, logins) = _users.GetValueOrDefault(login.User, (new Feature(Feature.Address), new Feature(Feature.Agent), 0));
        ownAddress.Add(address);
        ownAgent.Add(agent);
        _address.Add(address);
        _agent.Add(agent);
        _users[login.User] = (ownAddress, ownAgent, logins + 1);
        _logins++;
    }

    private static double Ratio(Feature all, Feature own, string[] values)
    {
        const double unseen = 4;
        var person = own.OfPerson(values);
        return person > 0 ? all.OfAll(values) / person : unseen;
    }

    private static string[] AddressOf(LabLogin login) =>
        [login.Origin.Peer?.ToString() ?? "", login.Origin.Asn?.ToString(CultureInfo.InvariantCulture) ?? "", login.Origin.Country ?? ""];

    private static string[] AgentOf(LabLogin login) => [login.Agent.Text, login.Agent.Browser, login.Agent.Os, login.Agent.DeviceType];
}
