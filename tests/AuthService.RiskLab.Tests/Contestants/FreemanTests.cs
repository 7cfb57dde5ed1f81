using AuthService.RiskLab.Contestants.Freeman;

namespace AuthService.RiskLab.Tests.Contestants;

public class FreemanTests
{
    [Fact]
    public void A_seen_value_gives_up_what_the_unseen_ones_may_have()
    {
        var counts = new ValueCounts();
        foreach (var value in (string[])["a", "a", "a", "b"])
            counts.Add(value);

        // N = 4, M = 2: (3/4)(1 − 2/6) and 1/6.
        counts.Smoothed("a", unseen: 2).ShouldBe(0.5, 1e-12);
        counts.Smoothed("z", unseen: 2).ShouldBe(1.0 / 6, 1e-12);
        counts.Share("a").ShouldBe(0.75, 1e-12);
    }

    [Fact]
    public void The_score_is_the_one_reckoned_by_hand()
    {
        var model = new FreemanModel();
        Lab.Play(model, Lab.Login("anna"), Lab.Login("anna"), Lab.Login("bert", "203.0.113.9", 64_501, "SE", agent: "B 1"));

        var score = model.Judge(Lab.Login("anna")).Score;

        // Address: N = 3, seen twice; the coarser levels know 2 operators and 2 countries, so M = 5.
        var address = (0.6 * (2.0 / 3) * (1 - (5.0 / 8))) + (0.3 * 2 / 3) + (0.1 * 2 / 3);
        // User agent: 2 browsers, 2 systems, 1 type of device, so M = 6; everybody's device is mobile.
        var agent = (0.5387 * (2.0 / 3) * (1 - (6.0 / 9))) + (0.2680 * 2 / 3) + (0.1882 * 2 / 3) + 0.0051;
        var own = 0.5387 + 0.2680 + 0.1882 + 0.0051;
        score.ShouldBe(Math.Log2(address / 1 * (agent / own) * (1.0 / 2) / (2.0 / 3)), 1e-9);
    }

    [Fact]
    public void A_feature_that_a_person_never_had_multiplies_by_exactly_four()
    {
        var model = new FreemanModel();
        Lab.Play(model, Lab.Login("anna"), Lab.Login("bert", "203.0.113.9", 64_501, "SE"));

        var known = model.Judge(Lab.Login("anna", "203.0.113.9", 64_501, "SE")).Score;
        var unknown = model.Judge(Lab.Login("anna", "192.0.2.1", 64_502, "DK")).Score;

        known.ShouldBe(unknown);
        var agent = (0.5387 * (1 - (4.0 / 6))) + 0.2680 + 0.1882 + 0.0051;
        unknown.ShouldBe(Math.Log2(4 * (agent / (0.5387 + 0.2680 + 0.1882 + 0.0051)) * (1.0 / 2) / (1.0 / 2)), 1e-9);
    }

    [Fact]
    public void Much_history_makes_the_same_new_surroundings_look_safer()
    {
        // anchors: 14 times safer for 28 logins than for 2. Known, and not mended: it is the model as published.
        var model = new FreemanModel();
        Lab.Play(model, Enumerable.Repeat(Lab.Login("anna"), 28).Concat(Enumerable.Repeat(Lab.Login("bert"), 2)));
        var elsewhere = Lab.Login(peer: "192.0.2.1", asn: 64_502, country: "DK", agent: "Z 9");

        var (long_, short_) = (model.Judge(elsewhere with { User = "anna" }).Score, model.Judge(elsewhere with { User = "bert" }).Score);

        (short_ - long_).ShouldBe(Math.Log2(14), 0.1);
    }
}
