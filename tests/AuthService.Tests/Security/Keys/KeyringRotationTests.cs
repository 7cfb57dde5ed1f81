using AuthService.Security.Keys;
using Microsoft.Extensions.Time.Testing;

namespace AuthService.Tests.Security.Keys;

public sealed class KeyringRotationTests : IDisposable
{
    private static readonly TimeSpan Lead = TimeSpan.FromMinutes(10);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    public KeyringRotationTests()
    {
        KeyringFile.Create(Path, _clock);
        _clock.Advance(TimeSpan.FromDays(1));
    }

    private string Path => _folder.File("keyring.json");

    public void Dispose() => _folder.Dispose();

    public static TheoryData<KeyUse> Rotated => [.. KeyringRotation.Rotated];

    [Theory]
    [MemberData(nameof(Rotated))]
    public async Task A_new_key_checks_at_once_and_makes_values_when_its_lead_is_over(KeyUse use)
    {
        using var keyring = KeyringFile.Read(Path, _clock);
        var old = keyring.Current(use).Id;

        var made = await CreateSut().RotateAsync(use, Lead, compromised: false, default);
        keyring.Replace(KeyringFile.ReadKeys(Path));

        keyring.Current(use).Id.ShouldBe(old);
        keyring.TryGet(use, made.Id, out _).ShouldBeTrue();
        _clock.Advance(Lead - TimeSpan.FromSeconds(1));
        keyring.Current(use).Id.ShouldBe(old);
        _clock.Advance(TimeSpan.FromSeconds(1));
        keyring.Current(use).Id.ShouldBe(made.Id);
        keyring.All(use).Select(key => key.Id).ShouldBe([made.Id, old]);
    }

    [Fact]
    public async Task Keys_that_are_rotated_twice_take_over_in_their_order()
    {
        var later = await CreateSut().RotateAsync(KeyUse.Refresh, Lead * 2, compromised: false, default);
        var sooner = await CreateSut().RotateAsync(KeyUse.Refresh, Lead, compromised: false, default);
        using var keyring = KeyringFile.Read(Path, _clock);

        _clock.Advance(Lead);
        var first = keyring.Current(KeyUse.Refresh).Id;
        _clock.Advance(Lead);
        var second = keyring.Current(KeyUse.Refresh).Id;

        (first, second).ShouldBe((sooner.Id, later.Id));
    }

    [Theory]
    [InlineData(KeyUse.Signing)]
    [InlineData(KeyUse.Pepper)]
    [InlineData(KeyUse.Refresh)]
    public async Task Compromised_keys_leave_at_once_those_included_that_had_yet_to_take_over(KeyUse use)
    {
        await CreateSut().RotateAsync(use, Lead, compromised: false, default);

        var made = await CreateSut().RotateAsync(use, TimeSpan.Zero, compromised: true, default);

        using var keyring = KeyringFile.Read(Path, _clock);
        keyring.All(use).ShouldHaveSingleItem().Id.ShouldBe(made.Id);
        keyring.Current(use).Id.ShouldBe(made.Id);
    }

    [Theory]
    [InlineData(KeyUse.Kek)]
    [InlineData(KeyUse.BlindIndex)]
    public async Task Compromised_keys_that_alone_open_what_is_stored_stay_to_open_it(KeyUse use)
    {
        var made = await CreateSut().RotateAsync(use, TimeSpan.Zero, compromised: true, default);

        using var keyring = KeyringFile.Read(Path, _clock);
        keyring.All(use).Select(key => key.State).ShouldBe([KeyState.Active, KeyState.Compromised]);
        keyring.Current(use).Id.ShouldBe(made.Id);
    }

    [Fact]
    public async Task Other_uses_keep_their_keys()
    {
        var before = KeyringFile.ReadKeys(Path);

        await CreateSut().RotateAsync(KeyUse.Signing, TimeSpan.Zero, compromised: true, default);

        var after = KeyringFile.ReadKeys(Path);
        foreach (var key in before.Where(key => key.Use != KeyUse.Signing))
            Array.Exists(after, other => other.Id == key.Id && other.State == key.State && other.Material.SequenceEqual(key.Material)).ShouldBeTrue();
        after.Length.ShouldBe(before.Length);
    }

    [Fact]
    public async Task Processes_that_rotate_at_once_lose_none_of_the_keys()
    {
        KeyUse[] uses = [.. KeyringRotation.Rotated, .. KeyringRotation.Rotated];

        var made = await Task.WhenAll(uses.Select(use => Task.Run(() => CreateSut().RotateAsync(use, Lead, compromised: false, default))));

        KeyringFile.ReadKeys(Path).Select(key => key.Id).Intersect(made.Select(key => key.Id)).Count().ShouldBe(uses.Length);
    }

    [Fact]
    public async Task Who_holds_the_file_is_waited_for()
    {
        Task<Key> rotating;
        using (DurableFile.Lock(Path))
        {
            rotating = CreateSut().RotateAsync(KeyUse.Pepper, Lead, compromised: false, default);
            KeyringFile.ReadKeys(Path).Count(key => key.Use == KeyUse.Pepper).ShouldBe(1);
        }

        await rotating;

        KeyringFile.ReadKeys(Path).Count(key => key.Use == KeyUse.Pepper).ShouldBe(2);
    }

    [Fact]
    public async Task A_keyring_that_is_broken_is_left_as_it_is()
    {
        await File.WriteAllTextAsync(Path, "{ }");

        await Should.ThrowAsync<KeyringException>(() => CreateSut().RotateAsync(KeyUse.Pepper, Lead, compromised: false, default));

        (await File.ReadAllTextAsync(Path)).ShouldBe("{ }");
    }

    private KeyringRotation CreateSut() => new(Path, _clock);
}
