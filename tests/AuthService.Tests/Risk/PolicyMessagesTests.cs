using System.Reflection;
using AuthService.Risk;
using AuthService.V1;
using Engine = AuthService.Ecv.Risk;

namespace AuthService.Tests.Risk;

public sealed class PolicyMessagesTests
{
    /// <summary>Found by reflection: one that the engine gets tomorrow is tried tomorrow.</summary>
    public static TheoryData<string> EngineNumbers =>
        [.. typeof(Engine.RiskPolicy).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.Name != nameof(Engine.RiskPolicy.Version))
            .Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(EngineNumbers))]
    public void Every_number_of_the_engine_goes_into_the_contract_and_comes_back(string name)
    {
        var property = typeof(Engine.RiskPolicy).GetProperty(name)!;
        foreach (var another in Others(property.GetValue(DeploymentPolicy.BuiltIn.Engine)!))
        {
            var changed = DeploymentPolicy.BuiltIn.Engine with { };
            property.SetValue(changed, another);

            var message = (DeploymentPolicy.BuiltIn with { Engine = changed }).ToMessage();

            message.ShouldNotBe(DeploymentPolicy.BuiltIn.ToMessage());
            message.ToPolicy(DeploymentPolicy.BuiltIn.Number).Engine.ShouldBe(changed);
        }
    }

    [Fact]
    public void A_whole_policy_leaves_no_field_of_the_contract_empty()
    {
        var message = DeploymentPolicy.BuiltIn.ToMessage();

        RiskPolicy.Descriptor.Fields.InDeclarationOrder()
            .Where(field => field.HasPresence && !field.Accessor.HasValue(message))
            .ShouldBeEmpty();
    }

    [Fact]
    public void What_a_change_leaves_out_stays_and_lists_are_replaced_whole()
    {
        var basis = RiskPolicy.Parser.ParseJson(
            """{ "allowBelow": -9000, "services": { "services": [ { "service": "shop", "denyFrom": 20000 } ] } }""").Over(DeploymentPolicy.BuiltIn).ToPolicy(7);

        var whole = RiskPolicy.Parser.ParseJson(
            """{ "denyFrom": 60000, "device": { "doubt": 1 }, "services": { "services": [ { "service": "bank" } ] } }""").Over(basis);

        (whole.AllowBelow, whole.DenyFrom).ShouldBe((-9000, 60000));
        (whole.Device.Trust, whole.Device.Doubt).ShouldBe((-16000, 1));
        whole.Services.Services.ShouldHaveSingleItem().Service.ShouldBe("bank");
        whole.StepUp.Bands.Count.ShouldBe(AuthService.Risk.StepUpRules.Default.Bands.Count);
    }

    [Fact]
    public void A_service_has_its_own_thresholds_where_it_names_them()
    {
        var policy = RiskPolicy.Parser.ParseJson(
            """{ "services": { "services": [ { "service": "shop", "denyFrom": 20000 } ] } }""").Over(DeploymentPolicy.BuiltIn).ToPolicy(2);

        policy.For("shop").DenyFrom.ShouldBe(20_000);
        policy.For("shop").AllowBelow.ShouldBe(policy.Engine.AllowBelow);
        policy.For("other").ShouldBe(policy.Engine);
        policy.For(null).ShouldBe(policy.Engine);
    }

    /// <summary>Another number; or, of a record, one for each of its numbers, with the rest as it is.</summary>
    private static IEnumerable<object> Others(object value) => value switch
    {
        long number => [number + 1],
        int number => [number + 1],
        _ => value.GetType().GetProperties().Where(property => property.CanWrite).SelectMany(property => Others(property.GetValue(value)!).Select(other =>
        {
            var copy = value.GetType().GetMethod("<Clone>$")!.Invoke(value, null)!;
            property.SetValue(copy, other);
            return copy;
        })),
    };
}
