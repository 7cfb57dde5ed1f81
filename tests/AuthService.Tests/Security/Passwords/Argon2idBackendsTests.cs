using AuthService.Security.Passwords;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthService.Tests.Security.Passwords;

public sealed class Argon2idBackendsTests
{
    [Fact]
    public void Both_back_ends_give_the_same_hash()
    {
        var inputs = Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[16], Gen.Int[2, 64].Select(blocks => blocks * 4), Gen.Int[1, 3]);

        inputs.Sample(
            (password, salt, memory, passes) =>
            {
                var cost = new Argon2idCost(memory, passes);
                return new LibsodiumArgon2id().Hash(password, salt, cost).SequenceEqual(new ManagedArgon2id().Hash(password, salt, cost));
            },
            iter: 50);
    }

    [Theory]
    [InlineData(Argon2idBackendChoice.Auto, "libsodium")]
    [InlineData(Argon2idBackendChoice.Libsodium, "libsodium")]
    [InlineData(Argon2idBackendChoice.Managed, "managed")]
    public void The_back_end_is_the_one_that_was_chosen(Argon2idBackendChoice choice, string name)
    {
        Argon2idBackends.Choose(choice, NullLogger.Instance).Name.ShouldBe(name);
    }

    [Fact]
    public void Where_the_native_library_is_missing_the_managed_back_end_takes_over()
    {
        var native = new FakeArgon2id(() => throw new DllNotFoundException());

        Argon2idBackends.Choose(Argon2idBackendChoice.Auto, native, new ManagedArgon2id(), NullLogger.Instance).ShouldBeOfType<ManagedArgon2id>();
    }

    [Fact]
    public void A_native_library_that_was_asked_for_and_is_missing_stops_the_start()
    {
        var native = new FakeArgon2id(() => throw new DllNotFoundException());

        Should.Throw<Argon2idException>(() =>
            Argon2idBackends.Choose(Argon2idBackendChoice.Libsodium, native, new ManagedArgon2id(), NullLogger.Instance));
    }

    [Theory]
    [InlineData(Argon2idBackendChoice.Libsodium)]
    [InlineData(Argon2idBackendChoice.Managed)]
    [InlineData(Argon2idBackendChoice.Auto)]
    public void A_back_end_that_computes_something_else_stops_the_start_whichever_was_chosen(Argon2idBackendChoice choice)
    {
        var wrong = new FakeArgon2id(() => new byte[32]);

        Should.Throw<Argon2idException>(() => Argon2idBackends.Choose(choice, wrong, new ManagedArgon2id(), NullLogger.Instance));
        Should.Throw<Argon2idException>(() => Argon2idBackends.Choose(choice, new LibsodiumArgon2id(), wrong, NullLogger.Instance));
    }

    private sealed class FakeArgon2id(Func<byte[]> hash) : IArgon2id
    {
        public string Name => "fake";

        public byte[] Hash(byte[] password, byte[] salt, Argon2idCost cost) => hash();
    }
}
