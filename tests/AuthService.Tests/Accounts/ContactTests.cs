using AuthService.Accounts;
using AuthService.Storage.Rows;
using CsCheck;

namespace AuthService.Tests.Accounts;

public sealed class ContactTests
{
    [Theory]
    [InlineData("ada@example.org", "ada@example.org")]
    [InlineData("Ada.Lovelace@Example.ORG", "ada.lovelace@example.org")]
    [InlineData("ada+tag@example.org", "ada+tag@example.org")]
    [InlineData("o'brien@sub.example.co.uk", "o'brien@sub.example.co.uk")]
    [InlineData("ada@MÜLLER.example", "ada@xn--mller-kva.example")]
    [InlineData("ada@mu\u0308ller.example", "ada@xn--mller-kva.example")]
    [InlineData("ada@xn--mller-kva.example", "ada@xn--mller-kva.example")]
    [InlineData("JOSE\u0301@example.org", "josé@example.org")]
    public void Spellings_of_one_mailbox_have_one_normal_form(string text, string normal)
    {
        Contact.TryParse(text, out var contact).ShouldBeTrue();

        contact.Kind.ShouldBe(ContactKind.Email);
        contact.Value.ShouldBe(normal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("ada@")]
    [InlineData("@example.org")]
    [InlineData("ada@localhost")]
    [InlineData("ada@[192.0.2.1]")]
    [InlineData("ada@192.0.2.1")]
    [InlineData("\"ada lovelace\"@example.org")]
    [InlineData("ada@bob@example.org")]
    [InlineData("ada lovelace@example.org")]
    [InlineData(" ada@example.org")]
    [InlineData("ada@example.org\r\nBcc: eve@example.org")]
    [InlineData("ada\0@example.org")]
    [InlineData(".ada@example.org")]
    [InlineData("ada.@example.org")]
    [InlineData("ada..l@example.org")]
    [InlineData("ada@example..org")]
    [InlineData("ada@-example.org")]
    [InlineData("ada@example-.org")]
    [InlineData("ada@exa_mple.org")]
    [InlineData("ada@example.org.")]
    [InlineData("ada\u200B@example.org")]
    [InlineData("ada\u202E@example.org")]
    [InlineData("ada\uD800@example.org")]
    [InlineData("<ada@example.org>")]
    [InlineData("ada@example.org,eve@example.org")]
    public void What_is_no_address_that_people_have_is_refused(string text)
    {
        var parsed = Contact.TryParseEmail(text, out _);

        parsed.ShouldBeFalse();
    }

    [Fact]
    public void Addresses_are_bounded_as_SMTP_bounds_them()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 60), 3)) + ".org";

        Contact.TryParseEmail(new string('a', 64) + "@" + domain, out _).ShouldBeTrue();
        Contact.TryParseEmail(new string('a', 65) + "@" + domain, out _).ShouldBeFalse();
        Contact.TryParseEmail(new string('é', 33) + "@" + domain, out _).ShouldBeFalse();
        Contact.TryParseEmail(new string('a', 64) + "@d" + domain + "gg", out _).ShouldBeTrue();
        Contact.TryParseEmail(new string('a', 64) + "@d" + domain + "ggg", out _).ShouldBeFalse();
        Contact.TryParseEmail("a@" + new string('d', 64) + ".org", out _).ShouldBeFalse();
        Contact.TryParseEmail(new string('a', 10_000_000) + "@example.org", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("+4915112345678", "+4915112345678")]
    [InlineData("+49 151 1234-5678", "+4915112345678")]
    [InlineData("+49 (0)151 12345678", "+4915112345678")]
    [InlineData("+1 212 555 0123", "+12125550123")]
    public void Spellings_of_one_line_have_one_normal_form(string text, string normal)
    {
        Contact.TryParse(text, out var contact).ShouldBeTrue();

        contact.Kind.ShouldBe(ContactKind.Phone);
        contact.Value.ShouldBe(normal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("015112345678")]
    [InlineData("+49")]
    [InlineData("+999123456789")]
    [InlineData("+4915112345678;ext=5")]
    [InlineData("+49151CALLADA")]
    [InlineData("tel:+4915112345678")]
    [InlineData("+4915112345678\0")]
    [InlineData("++4915112345678")]
    [InlineData("+49 900 1234567")]
    [InlineData("+491511234567812345678")]
    [InlineData("+٤٩١٥١١٢٣٤٥٦٧٨")]
    public void What_no_numbering_plan_assigns_or_costs_extra_is_refused(string text)
    {
        var parsed = Contact.TryParsePhoneNumber(text, out _);

        parsed.ShouldBeFalse();
    }

    /// <summary>Contacts are sealed in normal form and parsed again when they are opened.</summary>
    [Fact]
    public void A_normal_form_is_its_own_normal_form()
    {
        var characters = Gen.OneOf([.. new[] { "a", "Z", "0", ".", "-", "+", "_", "é", "E\u0301", "İ", "ı", "ß", "ẞ", "K", "Σ", "ς", "ﬁ", "日", "\u094D", "Ǆ", "Ａ", "٣" }.Select(Gen.Const)]);
        var words = characters.Array[1, 6].Select(string.Concat);
        var addresses = Gen.Select(words, words, (local, domain) => $"{local}@{domain}.example");

        addresses.Sample(
            text =>
            {
                if (!Contact.TryParseEmail(text, out var contact))
                    return;
                Contact.TryParse(contact.Value, out var again).ShouldBeTrue(contact.Value);
                again.ShouldBe(contact);
            },
            iter: 20_000);
    }

    [Fact]
    public void A_contact_does_not_tell_itself()
    {
        Contact.TryParse("ada@example.org", out var contact).ShouldBeTrue();

        contact.ToString().ShouldBe("[contact]");
    }
}
