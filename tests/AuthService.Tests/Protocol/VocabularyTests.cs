using System.Reflection;
using AuthService.Protocol;

namespace AuthService.Tests.Protocol;

public sealed class VocabularyTests
{
    [Fact]
    public void Every_error_reason_is_listed_once()
    {
        ErrorReasons.All.ShouldBe(ConstantsOf(typeof(ErrorReasons)), ignoreOrder: true);
    }

    [Fact]
    public void Every_scope_belongs_to_users_or_to_services()
    {
        string[] all = [.. Scopes.OfUsers, .. Scopes.OfServices];

        all.ShouldBe(ConstantsOf(typeof(Scopes)), ignoreOrder: true);
    }

    [Theory]
    [InlineData(AssuranceLevels.Aal3, AssuranceLevels.Aal2)]
    [InlineData(AssuranceLevels.Aal2, AssuranceLevels.Aal1)]
    [InlineData(AssuranceLevels.Aal1, "AAL3")]
    public void Assurance_levels_have_an_order(string higher, string lower)
    {
        AssuranceLevels.Rank(higher).ShouldBeGreaterThan(AssuranceLevels.Rank(lower));
    }

    private static IEnumerable<string> ConstantsOf(Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!);
}
