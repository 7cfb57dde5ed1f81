using AuthService.Risk;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Administration;

/// <summary>Policies for their operators: with who, when and why, and what an update changed.</summary>
internal static class RiskPolicyMessages
{
    public static RiskPolicyRevision ToMessage(this PolicyRevision revision, int inForce) => new()
    {
        Policy = revision.Policy.ToMessage(),
        CreateTime = revision.Row?.CreatedAt.ToTimestamp(),
        AuthorCredentialId = revision.Row?.Author ?? "",
        Reason = revision.Row?.Reason ?? "",
        InForce = revision.Policy.Number == inForce,
    };

    /// <summary>The fields that differ, as the contract calls them.</summary>
    public static IEnumerable<string> Changed(DeploymentPolicy before, DeploymentPolicy after)
    {
        var (was, @is) = (before.ToMessage(), after.ToMessage());
        return RiskPolicy.Descriptor.Fields.InDeclarationOrder()
            .Where(field => field.FieldNumber != RiskPolicy.VersionFieldNumber && !Equals(field.Accessor.GetValue(was), field.Accessor.GetValue(@is)))
            .Select(field => field.Name);
    }
}
