using AuthService.Hosting.Calls;
using AuthService.Hosting.Network;
using Microsoft.Extensions.Primitives;

namespace AuthService.Security.Proofs;

/// <summary>A call's proofs, and what the server itself saw of the call.</summary>
/// <param name="Metadata">The values of <c>authservice-proof-bin</c>, in base64 as HTTP/2 carries them.</param>
/// <param name="MessageHash">SHA-256 of the message as it came.</param>
/// <param name="TokenHash">SHA-256 of the bearer token, or empty.</param>
/// <param name="OverLoopback">Whether the peer is this machine.</param>
internal sealed record ProofPresentation(
    StringValues Metadata, RpcRule Rule, byte[] MessageHash, ReadOnlyMemory<byte> TokenHash, ClientNetwork Network, bool OverLoopback);
