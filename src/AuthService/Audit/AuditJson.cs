using System.Text.Json.Serialization;

namespace AuthService.Audit;

[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class AuditJson : JsonSerializerContext;
