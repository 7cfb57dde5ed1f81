using System.ComponentModel.DataAnnotations;

namespace AuthService.Security.Trust;

/// <summary>Section <c>SoftDoors</c>.</summary>
public sealed class SoftDoorOptions
{
    /// <summary>
    /// How long a key, a second factor, a contact or a recovery that nothing vouches for waits before it counts; meanwhile the owner,
    /// who was told, can stop it. Default 72 hours.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Wait { get; set; } = TimeSpan.FromHours(72);
}
