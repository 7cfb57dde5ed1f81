using AuthService.Security;
using AuthService.Security.Keys;
using AuthService.Security.Passwords;
using AuthService.Tests.Security.Keys;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AuthService.Tests.Security.Passwords;

public sealed class PasswordHashingTests : IAsyncLifetime
{
    private static readonly Secret<string> Password = new("correct horse battery staple");

    private readonly TestGate _gate = new(threads: 2);
    private readonly Keyring _keyring = TestKeys.Ring();
    private readonly CountingArgon2id _argon2id = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _gate.DisposeAsync();
        _keyring.Dispose();
    }

    [Fact]
    public async Task A_password_verifies_against_its_hash_and_another_does_not()
    {
        var sut = CreateSut();
        var phc = await HashAsync(sut, Password);

        (await VerifyAsync(sut, Password, phc)).ShouldBe(PasswordVerification.Success);
        (await VerifyAsync(sut, new Secret<string>("correct horse battery stapl"), phc)).ShouldBe(PasswordVerification.Failed);
    }

    [Fact]
    public async Task The_same_password_never_gives_the_same_hash()
    {
        var sut = CreateSut();

        (await HashAsync(sut, Password)).ShouldNotBe(await HashAsync(sut, Password));
    }

    [Fact]
    public async Task A_hash_is_stored_with_the_cost_and_the_pepper_that_it_was_made_with()
    {
        var phc = await HashAsync(CreateSut(), Password);

        phc.ShouldStartWith($"$argon2id$v=19$m=19456,t=2,p=1,keyid={_keyring.Current(KeyUse.Pepper).Id}$");
    }

    [Theory]
    [InlineData("caf\u00e9 au lait, no sugar", "cafe\u0301 au lait, no sugar")]
    [InlineData("five ﬁsh", "five fish")]
    [InlineData("ｆｕｌｌ ｗｉｄｔｈ", "full width")]
    public async Task A_password_is_the_same_from_each_keyboard(string typedOnce, string typedLater)
    {
        var sut = CreateSut();
        var phc = await HashAsync(sut, new Secret<string>(typedOnce));

        (await VerifyAsync(sut, new Secret<string>(typedLater), phc)).ShouldBe(PasswordVerification.Success);
    }

    [Fact]
    public async Task The_last_character_of_a_long_password_counts()
    {
        var sut = CreateSut();
        var longest = new string('\u6f22', 128);
        var phc = await HashAsync(sut, new Secret<string>(longest));

        (await VerifyAsync(sut, new Secret<string>(longest), phc)).ShouldBe(PasswordVerification.Success);
        (await VerifyAsync(sut, new Secret<string>(longest[..^1] + "x"), phc)).ShouldBe(PasswordVerification.Failed);
    }

    [Fact]
    public async Task A_hash_of_a_lower_cost_still_verifies_and_asks_for_a_new_one()
    {
        var phc = await HashAsync(CreateSut(), Password);

        (await VerifyAsync(CreateSut(passes: 3), Password, phc)).ShouldBe(PasswordVerification.SuccessRehashNeeded);
    }

    [Fact]
    public async Task A_hash_of_a_retired_pepper_still_verifies_and_asks_for_a_new_one()
    {
        var phc = await HashAsync(CreateSut(), Password);
        using var rotated = TestKeys.Ring(_keyring.Current(KeyUse.Pepper).As(KeyState.Retired));

        (await VerifyAsync(CreateSut(rotated), Password, phc)).ShouldBe(PasswordVerification.SuccessRehashNeeded);
    }

    [Fact]
    public async Task Without_its_pepper_a_stolen_hash_matches_nothing()
    {
        var phc = await HashAsync(CreateSut(), Password);
        using var thief = TestKeys.Ring();
        var guess = phc.Replace(_keyring.Current(KeyUse.Pepper).Id.Value, thief.Current(KeyUse.Pepper).Id.Value, StringComparison.Ordinal);

        (await VerifyAsync(CreateSut(thief), Password, guess)).ShouldBe(PasswordVerification.Failed);
        (await VerifyAsync(CreateSut(thief), Password, phc)).ShouldBe(PasswordVerification.Failed);
    }

    [Theory]
    [InlineData("not a hash", "a password")]
    [InlineData("", "")]
    [InlineData(null, "half a \ud83d")]
    [InlineData(null, "")]
    public async Task What_cannot_match_still_costs_one_hash_at_the_current_cost(string? stored, string password)
    {
        var sut = CreateSut();

        (await VerifyAsync(sut, new Secret<string>(password), stored ?? sut.CreateUnmatchable())).ShouldBe(PasswordVerification.Failed);

        _argon2id.Costs.ShouldBe([new Argon2idCost(19_456, 2)]);
    }

    [Fact]
    public async Task Megabytes_instead_of_a_password_are_not_normalised()
    {
        var sut = CreateSut();

        var verification = await VerifyAsync(sut, new Secret<string>(new string('ﷺ', 10_000_000)), sut.CreateUnmatchable());

        verification.ShouldBe(PasswordVerification.Failed);
        await Should.ThrowAsync<ArgumentException>(() => sut.HashAsync(new Secret<string>(new string('ﷺ', 10_000_000)), default));
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_not_hashed_as_something_else()
    {
        await Should.ThrowAsync<ArgumentException>(() => CreateSut().HashAsync(new Secret<string>("half a \ud83d, and more"), default));
    }

    [Fact]
    public async Task What_is_no_text_is_not_taken_for_the_empty_password()
    {
        var sut = CreateSut();
        var phc = await HashAsync(sut, new Secret<string>(""));

        (await VerifyAsync(sut, new Secret<string>("half a \ud83d"), phc)).ShouldBe(PasswordVerification.Failed);
    }

    [Fact]
    public async Task A_hash_made_by_one_back_end_verifies_with_the_other()
    {
        var phc = await HashAsync(CreateSut(backend: new ManagedArgon2id()), Password);

        (await VerifyAsync(CreateSut(backend: new LibsodiumArgon2id()), Password, phc)).ShouldBe(PasswordVerification.Success);
    }

    [Fact]
    public async Task A_full_gate_is_an_answer_and_not_an_exception()
    {
        await using var full = new TestGate(queueLength: 1);
        using var busy = await full.OccupyAsync();
        var sut = CreateSut(gate: full);
        var waiting = sut.HashAsync(Password, default);

        var hashed = await sut.HashAsync(Password, default);
        var verified = await sut.VerifyAsync(Password, sut.CreateUnmatchable(), default);

        hashed.ShouldBeOfType<PasswordHashResult.Overloaded>().RetryAfter.ShouldBeGreaterThan(TimeSpan.Zero);
        verified.ShouldBeOfType<PasswordVerifyResult.Overloaded>().RetryAfter.ShouldBeGreaterThan(TimeSpan.Zero);
        waiting.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_given_to_the_hash_function_is_overwritten_afterwards()
    {
        await HashAsync(CreateSut(), Password);

        _argon2id.LastPassword.ShouldNotBeNull().ShouldAllBe(octet => octet == 0);
    }

    private PasswordHashing CreateSut(Keyring? keyring = null, int passes = 2, IArgon2id? backend = null, TestGate? gate = null) => new(
        backend ?? _argon2id,
        (gate ?? _gate).Gate,
        keyring ?? _keyring,
        Options.Create(new PasswordHashOptions { Passes = passes }),
        NullLogger<PasswordHashing>.Instance);

    private static async Task<string> HashAsync(PasswordHashing sut, Secret<string> password) =>
        (await sut.HashAsync(password, default)).ShouldBeOfType<PasswordHashResult.Hashed>().Phc;

    private static async Task<PasswordVerification> VerifyAsync(PasswordHashing sut, Secret<string> password, string phc) =>
        (await sut.VerifyAsync(password, phc, default)).ShouldBeOfType<PasswordVerifyResult.Verified>().Verification;

    private sealed class CountingArgon2id : IArgon2id
    {
        private readonly LibsodiumArgon2id _argon2id = new();

        public List<Argon2idCost> Costs { get; } = [];

        public byte[]? LastPassword { get; private set; }

        public string Name => _argon2id.Name;

        public byte[] Hash(byte[] password, byte[] salt, Argon2idCost cost)
        {
            Costs.Add(cost);
            LastPassword = password;
            return _argon2id.Hash(password, salt, cost);
        }
    }
}
