using System.Globalization;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Contestants;

/// <summary>The rule "new country or new ASN": the simplest that anybody runs.</summary>
internal sealed class NewOriginRule : Contestant
{
    private readonly Dictionary<string, HashSet<string>> _seen = new(StringComparer.Ordinal);

    public override string Name => "new country or ASN";

    public override Judged Judge(LabLogin login)
    {
        var known = _seen.GetValueOrDefault(login.User);
        return new Judged(Values(login).All(value => known?.Contains(value) == true) ? 0 : 1);
    }

    public override void Learn(LabLogin login, Judged judged)
    {
        if (!_seen.TryGetValue(login.User, out var known))
            _seen[login.User] = known = new HashSet<string>(StringComparer.Ordinal);
        known.UnionWith(Values(login));
    }

    private static string[] Values(LabLogin login) =>
        ["country " + login.Origin.Country, string.Create(CultureInfo.InvariantCulture, $"asn {login.Origin.Asn}")];
}
