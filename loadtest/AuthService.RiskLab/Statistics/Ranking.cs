namespace AuthService.RiskLab.Statistics;

/// <summary>Scores of one contestant against one attacker at one length of history, ready to be asked for many thresholds.</summary>
internal sealed class Ranking
{
    private readonly int[] _people;
    private readonly (float Score, int Person)[] _attacks;
    private readonly (float[] Scores, int Person)[] _own;

    /// <param name="attacks">Score and victim of each attack.</param>
    /// <param name="logins">Score and owner of each honest login.</param>
    public Ranking(IEnumerable<(float Score, int Person)> attacks, IEnumerable<(float Score, int Person)> logins)
    {
        _own = [.. logins.GroupBy(login => login.Person, (person, scores) => (scores.Select(login => login.Score).ToArray(), person)).OrderBy(own => own.person)];
        _people = [.. _own.Select(own => own.Person)];
        var ranks = _people.Select((person, rank) => (person, rank)).ToDictionary(pair => pair.person, pair => pair.rank);
        _attacks = [.. attacks.Where(attack => ranks.ContainsKey(attack.Person)).Select(attack => (attack.Score, ranks[attack.Person])).OrderBy(attack => attack.Score)];
    }

    public int People => _people.Length;

    public int Attacks => _attacks.Length;

    /// <summary>
    /// The re-authentication rate at a true positive rate: one threshold for all, the highest at which this share of the attacks
    /// scores at or above it; then, person by person, the share of honest logins that do.
    /// </summary>
    /// <param name="truePositives">0 to 1.</param>
    /// <param name="times">How often each person counts, by rank; null for once.</param>
    public (double Mean, double Median) Rate(double truePositives, int[]? times = null)
    {
        if (_attacks.Length == 0)
            return (double.NaN, double.NaN);

        var threshold = Threshold(truePositives, times);
        var (sum, count) = (0.0, 0);
        var rates = new List<double>(_own.Length);
        for (var rank = 0; rank < _own.Length; rank++)
        {
            var asked = 0;
            foreach (var score in _own[rank].Scores)
                asked += score >= threshold ? 1 : 0;
            var rate = (double)asked / _own[rank].Scores.Length;
            for (var repeat = times?[rank] ?? 1; repeat > 0; repeat--)
            {
                sum += rate;
                count++;
                rates.Add(rate);
            }
        }

        rates.Sort();
        return (sum / count, (rates[(count - 1) / 2] + rates[count / 2]) / 2);
    }

    /// <summary>The share of attacks that score at or above what a share of the honest logins does.</summary>
    public double Stopped(double honestShare)
    {
        var scores = _own.SelectMany(own => own.Scores).OrderDescending().ToArray();
        if (scores.Length == 0 || _attacks.Length == 0)
            return double.NaN;

        // The lowest threshold that no more than the share reaches; equal scores stand or fall together.
        var at = (int)(honestShare * scores.Length);
        var limit = scores[Math.Min(at, scores.Length - 1)];
        return _attacks.Count(attack => attack.Score > limit) / (double)_attacks.Length;
    }

    private float Threshold(double truePositives, int[]? times)
    {
        // As many as may stay below: a rounding error must not let one more through.
        var total = times is null ? _attacks.Length : _attacks.Sum(attack => (long)times[attack.Person]);
        var left = (long)Math.Floor(((1 - truePositives) * total) + 1e-9);
        foreach (var (score, person) in _attacks)
        {
            left -= times?[person] ?? 1;
            if (left < 0)
                return score;
        }

        return float.MaxValue;
    }
}
