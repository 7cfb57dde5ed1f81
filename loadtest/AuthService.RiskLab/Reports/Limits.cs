namespace AuthService.RiskLab.Reports;

/// <summary>What no run of the lab can show.</summary>
internal static class Limits
{
    public static IReadOnlyList<string> Lines { get; } =
    [
        "### What this cannot show",
        "",
        "- **The population is made up.** Its marginals follow the RBA data set where that is published; how homes, trips, phones and Wi-Fi hang",
        "  together is assumption, listed in `loadtest/AuthService.RiskLab/Population`. The sensitivity table says how far it matters. Whoever has",
        "  the data set runs `risklab score --csv` on it.",
        "- **Freeman's model does worse here than it was published to do**: these targeted attackers sit on a home line in the victim's own city and",
        "  hold the victim's own model where it is a popular one, with a browser about as old. Ratios within the run are what counts.",
        "- **Honest people fail as often as in the data set** (54 % of its attempts), half of that by mistyping and trying again at once. Where",
        "  people mistype less, doubts for failures hit them less.",
        "- **Attackers do not adapt to verdicts**, but for the poisoner, and each knows what his class says and nothing else. Malware on the device",
        "  wins against everybody, as the table says; so does who holds a certificate that the operator lists.",
        "- **Trusted at once is trusted at once**: the first key of an account is bound at its sign-up. Who signs up in somebody's name owns the account.",
        "- Small classes have wide intervals: at .999 a single attack in a thousand moves the threshold.",
    ];
}
