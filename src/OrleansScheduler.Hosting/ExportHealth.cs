using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Web.Health;

namespace OrleansScheduler.Hosting;

/// <summary>The part of health that tells of exports. One keeps its store from clearing up, which is no fault, but to be seen.</summary>
internal static class ExportHealth
{
    private const string Name = "exports";

    /// <summary>The part, always healthy.</summary>
    /// <param name="export">The export of this process that is under way; null for none.</param>
    public static HealthComponent Of(ExportProgress? export) => export is null
        ? new HealthComponent(Name, HealthStatus.Healthy, "No export is under way.")
        : new HealthComponent(
            Name,
            HealthStatus.Healthy,
            string.Create(CultureInfo.InvariantCulture, $"An export is under way since {export.StartedAt:u}."),
            ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
                .Add("bytes", export.Bytes.ToString(CultureInfo.InvariantCulture))
                .Add("started_at_unix", export.StartedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
}
