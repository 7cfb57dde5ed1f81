using System.Buffers.Text;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using AuthService.Ecv.Values;
using CsCheck;

namespace AuthService.Ecv.Tests.Values;

public sealed class EcvValueTests
{
    private static readonly byte[] MacKey = [.. Enumerable.Repeat((byte)7, 32)];
    private static readonly AccountBinding Account = AccountBinding.Derive(World.Key, "acc_de_1");
    private static readonly string Value = EcvValue.Encode(World.Tokenize(World.Phone), Account, "k1", MacKey);

    [Fact]
    public void A_value_comes_back_as_the_same_environment()
    {
        Decode(Value, out var environment).ShouldBe(EcvRejection.None);

        environment.FromValue.ShouldBeTrue();
        environment.Characteristics.Select(found => found.Kind).ShouldBe(World.Tokenize(World.Phone).Characteristics.Select(found => found.Kind));
        EcvValue.Encode(environment, Account, "k1", MacKey).ShouldBe(Value);
    }

    [Fact]
    public void Equal_environments_are_equal_values_and_others_are_not() =>
        Gen.Select(Worlds.Signals, Worlds.Signals).Sample((one, other) =>
        {
            var (left, right) = (World.Tokenize(one), World.Tokenize(other));
            var sameTokens = CharacteristicCatalog.All.All(kind =>
                left.Levels(kind.Kind).SequenceEqual(right.Levels(kind.Kind)) && left.Set(kind.Kind).SequenceEqual(right.Set(kind.Kind)))
                && left.MaskedOsVersion == right.MaskedOsVersion;

            (EcvValue.Encode(left, Account, "k1", MacKey) == EcvValue.Encode(right, Account, "k1", MacKey)).ShouldBe(sameTokens);
        }, iter: Worlds.Cases);

    [Fact]
    public void Another_accounts_value_is_told_apart_from_a_forged_one()
    {
        var other = AccountBinding.Derive(World.Key, "acc_de_2");

        EcvValue.TryDecode(Value, other, Keys, out var environment, out var rejection).ShouldBeFalse();

        rejection.ShouldBe(EcvRejection.OtherAccount);
        environment.ShouldBeSameAs(TokenizedEnvironment.Empty);
    }

    [Fact]
    public void A_value_under_a_key_that_nobody_has_is_refused() =>
        Decode(EcvValue.Encode(World.Tokenize(World.Phone), Account, "k2", MacKey), out _).ShouldBe(EcvRejection.UnknownKey);

    [Fact]
    public void A_value_under_a_key_of_the_same_name_is_tampered() =>
        Decode(EcvValue.Encode(World.Tokenize(World.Phone), Account, "k1", new byte[32]), out _).ShouldBe(EcvRejection.Tampered);

    [Fact]
    public void Any_flipped_bit_is_refused() =>
        Gen.Int[0, (Base64Url.GetMaxDecodedLength(Value.Length - 5) * 8) - 1].Sample(bit =>
        {
            var bytes = Base64Url.DecodeFromChars(Value.AsSpan(5));
            bytes[bit / 8 % bytes.Length] ^= (byte)(1 << (bit % 8));

            Decode(EcvValue.Prefix + Base64Url.EncodeToString(bytes), out _).ShouldNotBe(EcvRejection.None);
        }, iter: Worlds.Cases);

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (var length = 0; length < Value.Length; length++)
            Decode(Value[..length], out _).ShouldNotBe(EcvRejection.None);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ecv1.")]
    [InlineData("ecv2.AAAA")]
    [InlineData("ecv1.====")]
    [InlineData("ecv1.+/+/")]
    public void What_is_not_in_the_format_is_malformed(string text) => Decode(text, out _).ShouldBe(EcvRejection.Malformed);

    [Fact]
    public void Padding_white_space_and_length_beyond_the_limit_are_malformed()
    {
        Decode(Value + "=", out _).ShouldBe(EcvRejection.Malformed);
        Decode(Value + "%", out _).ShouldBe(EcvRejection.Malformed);
        Decode(Value + "\n", out _).ShouldBe(EcvRejection.Malformed);
        Decode(Value.Insert(40, " "), out _).ShouldBe(EcvRejection.Malformed);
        Decode(EcvValue.Prefix + new string('A', 5_000_000), out _).ShouldBe(EcvRejection.Malformed);
    }

    [Fact]
    public void A_value_has_one_spelling()
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var shorter = EcvValue.Encode(World.Tokenize(World.Phone), Account, "k12", MacKey);
        var spare = ((shorter.Length - EcvValue.Prefix.Length) % 4) switch { 2 => 4, 3 => 2, _ => 0 };
        spare.ShouldBeGreaterThan(0, "the last character must have unused bits");

        var respelled = shorter[..^1] + alphabet[alphabet.IndexOf(shorter[^1], StringComparison.Ordinal) | 1];

        EcvValue.TryDecode(respelled, Account, _ => MacKey, out _, out var rejection).ShouldBeFalse();
        rejection.ShouldBe(EcvRejection.Malformed);
    }

    [Fact]
    public void No_text_makes_the_decoder_throw() =>
        Gen.Select(Gen.Bool, Gen.Byte.Array[0, 1200], Gen.String).Sample((isEncoded, bytes, text) =>
            Decode(EcvValue.Prefix + (isEncoded ? Base64Url.EncodeToString(bytes) : text), out _).ShouldNotBe(EcvRejection.None), iter: Worlds.Cases);

    [Fact]
    public void No_bytes_under_a_genuine_MAC_make_the_body_reader_throw() =>
        Gen.Byte.Array[1, 1200].Sample(bytes =>
        {
            if (ValueBody.TryRead(bytes, out var environment))
                ValueBody.Write(environment, new byte[ValueBody.MaxBytes]).ShouldBe(bytes.Length);
        }, iter: Worlds.Cases);

    [Fact]
    public void The_fullest_value_fits_the_limit_exactly()
    {
        Span<byte> room = stackalloc byte[ValueBody.MaxBytes];
        var full = Fullest.Environment(0);

        ValueBody.Write(full, room).ShouldBe(ValueBody.MaxBytes);
        EcvValue.Encode(full, Account, new string('k', 32), MacKey).Length.ShouldBe(EcvValue.MaxLength);
    }

    private static byte[]? Keys(string keyId) => keyId == "k1" ? MacKey : null;

    private static EcvRejection Decode(string text, out TokenizedEnvironment environment)
    {
        EcvValue.TryDecode(text, Account, Keys, out environment, out var rejection);
        return rejection;
    }
}
