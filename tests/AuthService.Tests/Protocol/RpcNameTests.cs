using AuthService.Protocol;
using AuthService.V1;

namespace AuthService.Tests.Protocol;

public sealed class RpcNameTests
{
    [Fact]
    public void A_method_is_named_as_HTTP2_names_it()
    {
        var name = RpcName.Of(LoginService.Descriptor.FindMethodByName("Login"));

        name.Value.ShouldBe("/authservice.v1.LoginService/Login");
        RpcName.TryParse(name.Value, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//a")]
    [InlineData("/a/")]
    [InlineData("authservice.v1.LoginService/Login")]
    [InlineData("/authservice.v1.LoginService/Login/")]
    [InlineData("/authservice.v1.LoginService/Log.in")]
    [InlineData("/authservice.v1.LoginService/Lögin")]
    [InlineData("/authservice.v1.LoginService/Login?x=1")]
    public void Other_forms_are_refused(string? path)
    {
        RpcName.TryParse(path, out _).ShouldBeFalse();
    }
}
