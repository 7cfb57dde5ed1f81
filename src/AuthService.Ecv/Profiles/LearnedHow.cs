namespace AuthService.Ecv.Profiles;

/// <summary>What entitled a login to teach the profile. The numbers are stored.</summary>
public enum LearnedHow
{
    None = 0,

    /// <summary>The environment of a verified sign-up.</summary>
    SignUp = 1,

    /// <summary>A valid proof by a bound key.</summary>
    Proof = 2,

    /// <summary>A passed step-up: weighs half until seen on a second day.</summary>
    StepUp = 3,

    /// <summary>A login that was allowed.</summary>
    Allow = 4,
}
