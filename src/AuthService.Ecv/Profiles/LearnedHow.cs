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

    /// <summary>
    /// A login that was allowed without a proof: it confirms what is known, and introduces nothing. Who once gets in, with a stolen
    /// device token say, could otherwise teach the profile his own surroundings, all at once or one by one.
    /// </summary>
    Allow = 4,
}
