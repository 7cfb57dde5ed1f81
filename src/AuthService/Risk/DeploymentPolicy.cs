using System.Globalization;
using AuthService.Ecv.Risk;

namespace AuthService.Risk;

/// <summary>What a deployment decides by: the engine's policy, and what the service makes of its verdicts. Immutable.</summary>
public sealed record DeploymentPolicy
{
    /// <summary>In force until an operator puts another in its place: the engine's start values.</summary>
    public static DeploymentPolicy BuiltIn { get; } = new() { Number = 1, Engine = RiskPolicy.Default };

    /// <summary>Counted up with each update.</summary>
    public required int Number { get; init; }

    /// <summary>Thresholds, caps and weights.</summary>
    public required RiskPolicy Engine { get; init; }

    /// <summary>Which factors complete a step-up.</summary>
    public StepUpRules StepUp { get; init; } = StepUpRules.Default;

    /// <summary>By the name of a service's credential: its own thresholds for what it asks of <c>VerifyEcv</c>.</summary>
    public IReadOnlyDictionary<string, ServiceThresholds> Services { get; init; } = new Dictionary<string, ServiceThresholds>(StringComparer.Ordinal);

    /// <summary>
    /// Decide and record, but act on nothing: whoever has the right secret is let in, and no owner is told. Nor is anything learned
    /// that a true ALLOW would not have taught: who gets in while nobody watches must not be at home when somebody does.
    /// </summary>
    public bool MonitorOnly { get; init; }

    public string Version => VersionOf(Number);

    public static string VersionOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The engine's policy for what this service asks; null asks for nobody in particular.</summary>
    public RiskPolicy For(string? service) => service is not null && Services.TryGetValue(service, out var own)
        ? Engine with { AllowBelow = own.AllowBelow ?? Engine.AllowBelow, DenyFrom = own.DenyFrom ?? Engine.DenyFrom }
        : Engine;
}

/// <summary>Thresholds of one service, in millibits; null is the policy's own.</summary>
public sealed record ServiceThresholds(long? AllowBelow, long? DenyFrom);
