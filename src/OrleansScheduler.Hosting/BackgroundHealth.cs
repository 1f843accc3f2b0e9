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
        _ => Of(unwritten, unwritten.MinBy(trouble => trouble.UnsavedSince)!),
    };

    // The one that has waited longest stands for all; it is the one that was to be written first.
    private static HealthComponent Of(ImmutableArray<BackgroundTrouble> unwritten, BackgroundTrouble oldest) => new(
        "background",
        HealthStatus.Degraded,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Not written since {oldest.UnsavedSince:u}: {oldest.Target} of {oldest.Actor} ({oldest.Reason}, tried {oldest.Attempts} times): {oldest.Message}"),
        ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal,
            [
                Fact("unwritten", unwritten.Length.ToString(CultureInfo.InvariantCulture)),
                Fact("unwritten_reason", oldest.Reason),
                Fact("unwritten_since", oldest.UnsavedSince.ToString("u", CultureInfo.InvariantCulture)),
                Fact("unwritten_newer_changes", oldest.HasNewerChanges ? "true" : "false"),
            ]));

    private static KeyValuePair<string, string> Fact(string name, string value) => new(name, value);
}
