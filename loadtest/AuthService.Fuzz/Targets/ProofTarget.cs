using System.Text;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Network;
using AuthService.Protocol.Proofs;
using AuthService.Security.Proofs;

namespace AuthService.Fuzz.Targets;

/// <summary>The metadata <c>authservice-proof-bin</c>, one header a line, up to the server's verdict.</summary>
internal static class ProofTarget
{
    private static readonly ProofService Service = new(ProofSeeds.Key);

    private static readonly RpcRule[] Rules =
        [RpcTable.Find("/authservice.v1.LoginService/Login")!, RpcTable.Find("/authservice.v1.LoginService/SendStepUpCode")!, RpcTable.Find("/authservice.v1.DeviceService/BindDevice")!];

    public static void Run(byte[] input)
    {
        string[] headers = Encoding.Latin1.GetString(input).Split('\n');
        if (!ProofMetadata.TryRead(headers, out var proofs, out var fault))
        {
            BrokenLawException.ThrowUnless(fault.Expected.Length > 0, "what is wrong is said");
            return;
        }

        foreach (var rule in Rules)
        {
            var shown = new ProofPresentation(headers, rule, ProofSeeds.MessageHash, default, new ClientNetwork(Account.Home.Peer!), OverLoopback: true);
            var outcome = Service.Start().VerifyAsync(shown, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            if (outcome.Proof is null)
                continue;

            // Whatever was mutated: nobody but the device makes a signature.
            var accepted = proofs.Single(proof => !proof.IsByNewKey);
            BrokenLawException.ThrowUnless(
                ProofSeeds.IsSigned(accepted, rule.Rpc, Service.Deployment.Audience), "no proof is accepted that the device did not sign");
        }
    }
}
