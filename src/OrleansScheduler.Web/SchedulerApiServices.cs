using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OrleansScheduler.Web.Commits;
using OrleansScheduler.Web.OpenApi;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web;

/// <summary>Adds what the HTTP interface needs of its own.</summary>
public static class SchedulerApiServices
{
    private const int IncarnationDigits = 8;

    /// <summary>Adds the HTTP interface. The host adds <see cref="Engine.IActorDirectory"/>, <see cref="TimeProvider"/> and
    /// <see cref="Health.ISchedulerHealth"/>, and maps it with <see cref="SchedulerApiEndpoints.MapScheduler"/>.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="ArgumentException">Options are outside of their ranges; the message names all of them.</exception>
    public static IServiceCollection AddSchedulerApi(this IServiceCollection services, SchedulerApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        var faults = options.Faults();
        if (!faults.IsEmpty)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        // Not a decision that a simulation has to repeat: it only keeps this process apart from those before it.
        var incarnation = RandomNumberGenerator.GetHexString(IncarnationDigits, lowercase: true);
        return services.AddRouting()
            .AddSingleton(options)
            .AddSingleton(new RequestGate(options.RequestsMax))
            .AddSingleton(new ProcessIdentity(incarnation))
            .AddSingleton<WriterLanes>()
            .AddSingleton<DocumentText>();
    }
}
