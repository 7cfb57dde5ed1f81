using System.ComponentModel.DataAnnotations;

namespace AuthService.Devices;

/// <summary>Section <c>Devices</c>.</summary>
public sealed class DeviceOptions
{
    /// <summary>The most keys that an account may have bound at a time. Default 20.</summary>
    [Range(1, 100)]
    public int PerAccount { get; set; } = 20;

    /// <summary>How long a "remember this device" token stays good after its last use. Default 180 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "400.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromDays(180);

    /// <summary>The most such tokens of an account; a further one takes the place of the one that was not used for longest. Default 20.</summary>
    [Range(1, 100)]
    public int TokensPerAccount { get; set; } = 20;
}
