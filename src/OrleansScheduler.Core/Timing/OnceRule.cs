using System.Globalization;

namespace OrleansScheduler.Core.Timing;

/// <summary>One instant.</summary>
internal sealed class OnceRule(DateTimeOffset instant) : ITimeRule
{
    /// <inheritdoc/>
    public string Description => string.Create(
        CultureInfo.InvariantCulture, $"Once, at {instant.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'}");

    /// <inheritdoc/>
    public DateTimeOffset? NextAfter(DateTimeOffset after) => after < instant ? instant.ToUniversalTime() : null;
}
