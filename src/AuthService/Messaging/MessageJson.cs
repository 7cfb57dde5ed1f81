using System.Text.Json.Serialization;

namespace AuthService.Messaging;

[JsonSerializable(typeof(Message))]
internal sealed partial class MessageJson : JsonSerializerContext;
