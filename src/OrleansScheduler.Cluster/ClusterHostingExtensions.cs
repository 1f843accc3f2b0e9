using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Reminders;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Clocks;
using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Cluster.Calls;
using OrleansScheduler.Cluster.Fanout;
using OrleansScheduler.Cluster.Grains;
using OrleansScheduler.Cluster.Placement;
using OrleansScheduler.Cluster.Serialization;
using OrleansScheduler.Definitions;
using OrleansScheduler.Engine;
using OrleansScheduler.Governing;
using OrleansScheduler.History;
using OrleansScheduler.Permissions;
using OrleansScheduler.Schedules;
using OrleansScheduler.Settling;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Cluster;

/// <summary>Adds the scheduler to silos, and the way to it to clients.</summary>
public static class ClusterHostingExtensions
{
    /// <summary>Runs the scheduler in this silo.</summary>
    /// <param name="silo">It also needs a grain storage provider named <see cref="ClusterSchedulerOptions.StorageName"/> and a reminder service.</param>
    /// <param name="options">The limits, the clock and the handlers.</param>
    /// <exception cref="ArgumentException">Names every option that is out of its range.</exception>
    public static ISiloBuilder AddOrleansScheduler(this ISiloBuilder silo, ClusterSchedulerOptions options)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ClusterSchedulerOptions copy = options.Copy();
        IServiceCollection services = silo.Services;
        AddCalls(services, copy.Time, isClient: false);
        services.AddSingleton(copy);
        services.AddSingleton<ClusterProcess>();
        services.AddScoped<ClusterActivation>();
        services.AddPlacementDirector<KeyPlacement, KeyPlacementDirector>();
        services.AddPlacementDirector<ClockPlacement, ClockPlacementDirector>();
        services.AddSingleton<FiringSilos>();
        services.AddSingleton<ClockMoving>();
        services.AddSingleton<ClusterMembers>();
        services.AddSingleton(static provider => new ClusterScheduler(
            provider.GetRequiredService<ClusterProcess>(), provider.GetRequiredService<ClusterMembers>(), provider.GetRequiredService<ClockMoving>()));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static provider => provider.GetRequiredService<ClusterScheduler>());
        services.AddKeyedSingleton(ReminderTimeProviderNames.Reminders, copy.Time);
        services.AddSingleton<IIncomingGrainCallFilter, RequestFilter>();

        // Orleans compares before it counts the newcomer.
        services.Configure<SiloMessagingOptions>(messaging => messaging.MaxEnqueuedRequestsHardLimit = copy.UnansweredRequestsMax - 1);
        return silo;
    }

    /// <summary>Lets a client of the cluster call actors, through <see cref="IActorDirectory"/> or their grain interfaces, and listen to
    /// <see cref="IEventFanout"/>.</summary>
    /// <param name="client">The client.</param>
    /// <param name="time">The clock. Only a host names the system's.</param>
    public static IClientBuilder AddOrleansScheduler(this IClientBuilder client, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(time);
        AddCalls(client.Services, time, isClient: true);
        return client;
    }

    /// <summary>Registers one more actor besides those of the product.</summary>
    internal static void AddActor<TContract, TGrain>(this IServiceCollection services)
        where TContract : class
        where TGrain : TContract, IGrainWithStringKey => services.AddSingleton(ActorContract.Of<TContract, TGrain>());

    private static void AddCalls(IServiceCollection services, TimeProvider time, bool isClient)
    {
        services.AddSingleton<IEventFanout>(provider => new GrainFanout(
            provider.GetRequiredService<IGrainFactory>(),
            time,
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("OrleansScheduler.Fanout")));
        ContractSerialization.AddTo(services);
        services.AddSingleton<ActorContracts>();
        services.AddSingleton<IActorDirectory, GrainDirectory>();
        services.AddSingleton<IOutgoingGrainCallFilter>(new FailureFilter(isClient));
        services.AddActor<ISpace, ISpaceGrain>();
        services.AddActor<ISettler, ISettlerGrain>();
        services.AddActor<ISchedule, IScheduleGrain>();
        services.AddActor<IClock, IClockGrain>();
        services.AddActor<IGovernor, IGovernorGrain>();
        services.AddActor<IHistory, IHistoryGrain>();
        services.AddActor<IPermissions, IPermissionsGrain>();
        services.AddActor<IDefinitionSet, IDefinitionSetGrain>();
        services.AddActor<ICatalog, ICatalogGrain>();
    }
}
