using AuthService.Security.Keys;
using AuthService.Security.Passwords;
using CsCheck;

namespace AuthService.Tests.Security.Passwords;

public sealed class PasswordHashTests
{
    private const string Sample =
        "$argon2id$v=19$m=19456,t=2,p=1,keyid=7k2m0qxa$MDEyMzQ1Njc4OWFiY2RlZg$XJisHKKX92ogUhlatZfdryq3rMQTy7EUAqDkU8bA48A";

    [Fact]
    public void What_is_written_is_read_again()
    {
        var hashes = Gen.Select(Gen.Int[8, 1 << 20], Gen.Int[1, 16], Gen.Byte.Array[16], Gen.Byte.Array[32]);

        hashes.Sample((memory, passes, salt, hash) =>
        {
            var written = new PasswordHash(new Argon2idCost(memory, passes), KeyId.Create(), salt, hash).ToString();
            return PasswordHash.TryParse(written, out var read) && read.ToString() == written && read.Hash.SequenceEqual(hash);
        });
    }

    [Fact]
    public void Each_part_of_the_format_is_where_the_drawing_says()
    {
        PasswordHash.TryParse(Sample, out var hash).ShouldBeTrue();

        hash.Cost.ShouldBe(new Argon2idCost(19456, 2));
        hash.Pepper.Value.ShouldBe("7k2m0qxa");
        hash.Salt.ShouldBe("0123456789abcdef"u8.ToArray());
        hash.Hash[..4].ShouldBe([0x5c, 0x98, 0xac, 0x1c]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$")]
    [InlineData("$2b$12$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui")]
    [InlineData("$argon2i$v=19$m=19456,t=2,p=1,keyid=7k2m0qxa$MDEyMzQ1Njc4OWFiY2RlZg$XJisHKKX92ogUhlatZfdryq3rMQTy7EUAqDkU8bA48A")]
    [InlineData("$argon2id$v=16$m=19456,t=2,p=1,keyid=7k2m0qxa$MDEyMzQ1Njc4OWFiY2RlZg$XJisHKKX92ogUhlatZfdryq3rMQTy7EUAqDkU8bA48A")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=4,keyid=7k2m0qxa$MDEyMzQ1Njc4OWFiY2RlZg$XJisHKKX92ogUhlatZfdryq3rMQTy7EUAqDkU8bA48A")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$XJisHKKX92ogUhlatZfdryq3rMQTy7EUAqDkU8bA48A")]
    [InlineData("$argon2id$v=19$m=999999999,t=2,p=1,keyid=7k2m0qxa$MDEyMzQ1Njc4OWFiY2RlZg$XJisHKKX92ogUhlatZfdryq3rMQTy7EUAqDkU8bA48A")]
    [InlineData("$argon2id$v=19$m=7,t=2,p=1,keyid=7k2m0qxa$MDEyMzQ1Njc4OWFiY2RlZg$XJisHKKX92ogUhlatZfdryq3rMQTy7EUAqDkU8bA48A")]
    [InlineData("$argon2id$v=19$m=19456,t=99,p=1,keyid=7k2m0qxa$MDEyMzQ1Njc4OWFiY2RlZg$XJisHKKX92ogUhlatZfdryq3rMQTy7EUAqDkU8bA48A")]
    [InlineData("$argon2id$v=19$m=019456,t=2,p=1,keyid=7k2m0qxa$MDEyMzQ1Njc4OWFiY2RlZg$XJisHKKX92ogUhlatZfdryq3rMQTy7EUAqDkU8bA48A")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1,keyid=7k2m0qxa$MDEyMzQ1Njc4OWFiY2RlZh$XJisHKKX92ogUhlatZfdryq3rMQTy7EUAqDkU8bA48A")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1,keyid=7k2m0qxa$MDEyMzQ1Njc4OWFiY2RlZg$XJisHKKX92ogUhlatZfdryq3rMQTy7EUAqDkU8bA48A\n")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1,keyid=7k2m0qxa$MDEyMzQ1Njc4OWFiY2RlZg==$XJisHKKX92ogUhlatZfdryq3rMQTy7EUAqDkU8bA48A=")]
    public void What_is_not_exactly_this_format_is_refused(string phc)
    {
        PasswordHash.TryParse(phc, out _).ShouldBeFalse();
    }
}
