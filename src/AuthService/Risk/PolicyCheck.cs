using System.Collections;
using System.Text.Json;
using AuthService.Hosting.Errors;
using AuthService.V1;
using Google.Protobuf;
using Engine = AuthService.Ecv.Risk;

namespace AuthService.Risk;

/// <summary>What is wrong with a policy that somebody would put in force, all of it at once.</summary>
public static class PolicyCheck
{
    /// <summary>A thousand bits: more says nothing, and sums of less never overflow.</summary>
    private const int Most = 1_000_000;

    private const int MostBands = 8;
    private const int MostServices = 100;
    private const int MostCharacters = 64;

    /// <param name="fields">Takes what is wrong.</param>
    /// <param name="whole">A policy with every field.</param>
    public static void Check(FieldViolations fields, RiskPolicy whole)
    {
        CheckSizes(fields, "policy", whole);
        CheckBands(fields, whole.StepUp.Bands);
        CheckNames(fields, whole.Services.Services);
        if (fields.Any)
            return;

        var policy = whole.ToPolicy(number: 0);
        foreach (var problem in policy.Engine.Problems())
            fields.Add(FieldOf(problem), problem);
        foreach (var service in policy.Services.Keys.Where(service => policy.For(service).AllowBelow >= policy.For(service).DenyFrom))
            fields.Add("policy.services", $"The thresholds of {service} contradict each other: allow_below is below deny_from.");
    }

    /// <summary>Goes by the contract's own description, so that no field of it is forgotten.</summary>
    private static void CheckSizes(FieldViolations fields, string path, IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var name = $"{path}.{field.Name}";
            switch (field.Accessor.GetValue(message))
            {
                case int number when Math.Abs((long)number) > Most:
                    fields.Add(name, "Must be at most 1,000,000 either way.");
                    break;
                case IMessage inner:
                    CheckSizes(fields, name, inner);
                    break;
                case IList list:
                    for (var index = 0; index < list.Count; index++)
                    {
                        if (list[index] is IMessage item)
                            CheckSizes(fields, $"{name}[{index}]", item);
                    }

                    break;
            }
        }
    }

    private static void CheckBands(FieldViolations fields, IReadOnlyList<V1.StepUpBand> bands)
    {
        if (bands.Count is 0 or > MostBands)
            fields.Add("policy.step_up.bands", "Must be one to eight bands.");
        for (var index = 0; index < bands.Count; index++)
        {
            var path = $"policy.step_up.bands[{index}]";
            if (index > 0 && bands[index].FromScore <= bands[index - 1].FromScore)
                fields.Add($"{path}.from_score", "Must be above that of the band before.");
            if (bands[index].Factors.Count == 0 || bands[index].Factors.Except(StepUpRules.Offered).Any())
                fields.Add($"{path}.factors", "Must be of EMAIL_CODE, SMS_CODE, TOTP, RECOVERY_CODE and DEVICE_KEY, at least one.");
        }
    }

    private static void CheckNames(FieldViolations fields, IReadOnlyList<V1.ServiceThresholds> services)
    {
        if (services.Count > MostServices)
            fields.Add("policy.services", "Must be at most 100 services.");
        foreach (var (index, own) in services.Index())
        {
            if (own.Service.Length is 0 or > MostCharacters || own.Service.Any(character => !char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-'))
                fields.Add($"policy.services.services[{index}].service", "Must be 1 to 64 characters of a-z, 0-9 and '-'.");
            else if (services.Take(index).Any(earlier => earlier.Service == own.Service))
                fields.Add($"policy.services.services[{index}].service", "Must be named once.");
        }
    }

    /// <summary>The engine says what is wrong in sentences that begin with the property: the field has the same name.</summary>
    private static string FieldOf(string problem)
    {
        var first = problem.Split(' ', ',')[0];
        return typeof(Engine.RiskPolicy).GetProperty(first) is null ? "policy" : $"policy.{JsonNamingPolicy.SnakeCaseLower.ConvertName(first)}";
    }
}
