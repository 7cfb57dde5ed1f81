using System.Text;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Tokens;
using AuthService.Ecv.Values;
using AuthService.V1;
using Google.Protobuf;

namespace AuthService.Fuzz;

/// <summary>Where the fuzzer starts from: for each target something good, something empty, and what lies at an edge.</summary>
internal static class Seeds
{
    public static void WriteTo(string folder)
    {
        var phone = Account.Tokenize(Surroundings.Phone);
        var value = Targets.EcvTargets.Encode(phone);
        Write(folder, "ecv-text", "phone", Encoding.ASCII.GetBytes(value));
        Write(folder, "ecv-text", "empty", Encoding.ASCII.GetBytes(Targets.EcvTargets.Encode(TokenizedEnvironment.Empty)));
        Write(folder, "ecv-text", "prefix", Encoding.ASCII.GetBytes(EcvValue.Prefix));
        Write(folder, "ecv-body", "phone", BodyOf(phone));
        Write(folder, "ecv-body", "empty", [0]);

        Write(folder, "signals", "phone", Surroundings.Message.ToByteArray());
        Write(folder, "signals", "odd", Odd.ToByteArray());

        var record = RiskEngine.Measure(Account.Input(phone) with { Facts = Everything });
        Write(folder, "record", "everything", record.Write());
        Write(folder, "record", "empty", RiskEngine.Measure(Account.Input(TokenizedEnvironment.Empty)).Write());

        Write(folder, "profile", "taught", Account.Profile.Write());
        Write(folder, "profile", "empty", Profile.Empty.Write());

        using var service = new ProofService(ProofSeeds.Key);
        foreach (var (proof, number) in ProofSeeds.Good(service).Select((proof, number) => (proof, number)))
            Write(folder, "proof", $"good-{number}", Encoding.ASCII.GetBytes(proof));

        Write(folder, "key", "p256", ProofSeeds.Key.SubjectPublicKeyInfo.ToArray());
        Write(folder, "key", "der", [0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01]);
        Write(folder, "key", "raw", new byte[64]);
    }

    /// <summary>Every fact there is.</summary>
    private static CallFacts Everything => new()
    {
        Proof = ProofState.Attested, DeviceTokenValid = true, ProofMissing = true, ChallengeRelayed = true, NetworkFailures = 300, AccountsOnNetwork = 19,
        Outside = [new OutsideEvidence("travel", Ecv.Risk.EvidenceCode.Unseen, -12_000, Ecv.Risk.Provenance.Observed)],
    };

    /// <summary>What is at the edge of what is taken: 180° east, a text that NFC makes longer, placeholders, an old form of a language.</summary>
    private static EnvironmentSignals Odd => new()
    {
        Device = new DeviceSignals { HardwareId = "\U0001D160é", Mac = "02:00:00:00:00:00", OsName = "x", OsVersion = "99999.70000.1.2.3" },
        Wifi = new WifiSignals { Ssid = " ", Bssid = "3ca6.2f11.2233", RssiDbm = -120 },
        Location = new LocationSignals { MccMnc = "310410", Latitude = 90, Longitude = 180, Language = "sr_latn_RS-x-AB" },
    };

    private static byte[] BodyOf(TokenizedEnvironment environment)
    {
        var bytes = new byte[ValueBody.MaxBytes];
        return bytes[..ValueBody.Write(environment, bytes)];
    }

    private static void Write(string folder, string target, string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.Combine(folder, target));
        File.WriteAllBytes(Path.Combine(folder, target, name), bytes);
    }
}
