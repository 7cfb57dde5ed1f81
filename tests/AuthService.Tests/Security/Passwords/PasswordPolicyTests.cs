using AuthService.Security;
using AuthService.Security.Passwords;
using CsCheck;
using Microsoft.Extensions.Options;

namespace AuthService.Tests.Security.Passwords;

public sealed class PasswordPolicyTests : IAsyncLifetime
{
    private static readonly PasswordContext Alone = new(HasSecondFactor: false, "anna.schmidt@example.com", ["Anna", "Schmidt"]);
    private static readonly PasswordContext WithSecondFactor = Alone with { HasSecondFactor = true };

    private readonly TestGate _gate = new(threads: 2);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _gate.DisposeAsync();

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("quartz lamp 9 teapot")]
    [InlineData("anna likes green tea at noon")]
    [InlineData("пять зелёных лошадей")]
    [InlineData("🦊 runs over 🌉 by 🌙 quietly")]
    [InlineData("vierzehn Käse; zwei Löffel")]
    public async Task A_phrase_is_accepted_whatever_characters_it_is_made_of(string password)
    {
        (await CheckAsync(password, Alone)).ShouldBe(new PasswordPolicyResult.Accepted(StandsAlone: true));
    }

    [Theory]
    [InlineData("kx7#qmw", "TooShort")]
    [InlineData("kx7#qmwz", "")]
    [InlineData("baseball", "Common")]
    [InlineData("BaseBall", "Common")]
    [InlineData("ｂａｓｅｂａｌｌ", "Common")]
    [InlineData(" baseball ", "Common")]
    [InlineData("dragondragon", "Common")]
    [InlineData("schmidt1984", "Personal")]
    [InlineData("AnnaSchmidt!", "Personal")]
    [InlineData("example.com", "Personal")]
    [InlineData("authservice1", "Personal")]
    [InlineData("abcdefgh12345678", "Guessable")]
    [InlineData("pass", "TooShort,Common")]
    [InlineData("anna", "TooShort,Common,Personal")]
    public async Task With_a_second_factor_eight_characters_do(string password, string problems)
    {
        Codes(await CheckAsync(password, WithSecondFactor)).ShouldBe(problems);
    }

    [Theory]
    [InlineData("kx7#qmwz4v!tpl", "TooShort")]
    [InlineData("kx7#qmwz4v!tplr", "")]
    [InlineData("baseballbaseball", "Common")]
    [InlineData("zxcvbnm123456789", "Common")]
    [InlineData("annaschmidt 24.12.1984", "Personal")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", "Guessable")]
    [InlineData("qwertyuiop[]asdf", "Guessable")]
    public async Task Without_one_it_takes_fifteen(string password, string problems)
    {
        Codes(await CheckAsync(password, Alone)).ShouldBe(problems);
    }

    [Fact]
    public async Task A_short_password_that_is_accepted_does_not_stand_alone()
    {
        (await CheckAsync("kx7#qmwz", WithSecondFactor)).ShouldBe(new PasswordPolicyResult.Accepted(StandsAlone: false));
    }

    [Theory]
    [InlineData("+4915112345678", "015112345678")]
    [InlineData("+4915112345678", "4915112345678")]
    [InlineData("+4915112345678", "+49 15112345678")]
    public async Task A_phone_number_is_no_password_however_it_is_written(string identifier, string password)
    {
        Codes(await CheckAsync(password, WithSecondFactor with { Identifier = identifier })).ShouldBe("Personal");
    }

    [Fact]
    public async Task Characters_are_code_points_after_normalisation()
    {
        // 8 code points in 16 UTF-16 units; and 8 that are 24 jamo before they are normalised.
        Codes(await CheckAsync("🦊🌉🌙🍵🎻🧊🪁", WithSecondFactor)).ShouldBe("TooShort");
        Codes(await CheckAsync("🦊🌉🌙🍵🎻🧊🪁🚲", WithSecondFactor)).ShouldBe("");
        Codes(await CheckAsync("\u1112\u1161\u11ab\u1100\u1173\u11af\u1112\u1161", WithSecondFactor)).ShouldBe("TooShort");
    }

    [Theory]
    [InlineData(128, "")]
    [InlineData(129, "TooLong")]
    [InlineData(2_000, "TooLong")]
    [InlineData(5_000_000, "TooLong")]
    public async Task Up_to_128_characters_are_accepted_and_more_are_not_cut_but_refused(int length, string problems)
    {
        var password = string.Concat(Enumerable.Range(0, length).Select(at => (char)('!' + (at * 37 % 90))));

        Codes(await CheckAsync(password, Alone)).ShouldBe(problems);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_no_text()
    {
        Codes(await CheckAsync("correct horse \ud83d battery", Alone)).ShouldBe("Malformed");
    }

    [Fact]
    public async Task No_problem_repeats_the_password()
    {
        foreach (var password in (string[])["baseball", "schmidt1984", "abcdefgh12345678", "kx7"])
        {
            var refused = (await CheckAsync(password, WithSecondFactor)).ShouldBeOfType<PasswordPolicyResult.Refused>();
            refused.Problems.ShouldAllBe(problem => !problem.Text.Contains(password));
        }
    }

    [Fact]
    public async Task A_full_gate_is_an_answer_and_not_an_exception()
    {
        await using var full = new TestGate(queueLength: 1);
        using var busy = await full.OccupyAsync();
        var sut = CreateSut(full);
        var waiting = sut.CheckAsync(new Secret<string>("correct horse battery staple"), Alone, default);

        var answer = await sut.CheckAsync(new Secret<string>("correct horse battery staple"), Alone, default);

        answer.ShouldBeOfType<PasswordPolicyResult.Overloaded>().RetryAfter.ShouldBeGreaterThan(TimeSpan.Zero);
        waiting.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Whatever_is_typed_the_policy_has_an_answer()
    {
        var sut = CreateSut(_gate);
        var contexts = Gen.Select(Gen.Bool, Gen.String, Gen.String.Array[0, 3], (second, identifier, names) => new PasswordContext(second, identifier, names));

        await Gen.Select(Gen.String[0, 200], contexts).SampleAsync(
            async (password, context) =>
            {
                var answer = await sut.CheckAsync(new Secret<string>(password), context, default);
                return answer is PasswordPolicyResult.Accepted or PasswordPolicyResult.Refused;
            },
            iter: 200,
            threads: 4);
    }

    private Task<PasswordPolicyResult> CheckAsync(string password, PasswordContext context) =>
        CreateSut(_gate).CheckAsync(new Secret<string>(password), context, default);

    private static PasswordPolicy CreateSut(TestGate gate) => new(Options.Create(new PasswordPolicyOptions()), gate.Gate);

    private static string Codes(PasswordPolicyResult result) =>
        result is PasswordPolicyResult.Refused refused ? string.Join(',', refused.Problems.Select(problem => problem.Code)) : "";
}
