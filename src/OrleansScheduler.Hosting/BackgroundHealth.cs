using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Core.Storage.Background;
using OrleansScheduler.Web.Health;

namespace OrleansScheduler.Hosting;

/// <summary>How the writing of what may lag behind shows in the health of every host.</summary>
internal static class BackgroundHealth
{
    /// <summary>The part <c>background</c>.</summary>
    /// <remarks>Nothing that a caller was promised hangs on it: it only lags behind further than it should.</remarks>
    /// <param name="unwritten">What cannot be written now.</param>
    public static HealthComponent Of(ImmutableArray<BackgroundTrouble> unwritten) => unwritten switch
    {
        [] => new HealthComponent("background", HealthStatus.Healthy, "What may lag behind is written."),
        [var first, ..] => new HealthComponent(
            "background",
            HealthStatus.Degraded,
            string.Create(CultureInfo.InvariantCulture, $"Not written since {first.Since:u}: {first.Target} of {first.Actor}: {first.Message}"),
            ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("unwritten", unwritten.Length.ToString(CultureInfo.InvariantCulture))),
    };
}
