using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansScheduler.Core.Timing;

namespace OrleansScheduler.Cluster.Cron;

/// <summary>Lets Cronos tell when standard cron expressions are due.</summary>
public static class CronosHostingExtensions
{
    /// <summary>From now on whoever defines a schedule gets its instants from Cronos. All silos of a cluster have it, or none.</summary>
    /// <param name="silo">The silo.</param>
    /// <remarks>
    /// <para>
    /// Stored schedules keep the instants that they have: one that was defined before goes to Cronos when it is defined again, be it the
    /// same way. Without the registration, a schedule that Cronos tells is not due and says so, until it is defined again.
    /// </para>
    /// <para>
    /// The scheduler still tells expressions of its own (<c>H</c>, or <c>day_match: either</c> where that makes a difference), what Cronos does
    /// not read, and zones in whose changes of offset Cronos errs, such as Europe/Dublin.
    /// </para>
    /// </remarks>
    public static ISiloBuilder AddCronos(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.TryAddSingleton<ICronEvaluator, CronosEvaluator>();
        return silo;
    }
}
