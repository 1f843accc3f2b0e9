using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.Timers;
using OrleansScheduler.Core.Clocks;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Core.Storage.Background;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cluster.Activations;

/// <summary>What the actors of one silo share.</summary>
internal sealed class ClusterProcess
{
    private readonly IServiceProvider _services;
    private readonly IGrainContextAccessor _current;
    private readonly ILoggerFactory _loggers;
    private readonly ConcurrentDictionary<string, bool> _unflushed = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<long> _epoch = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Random _seeds;
    private readonly Lock _gate = new();
    private volatile bool _isStopping;

    public ClusterProcess(
        IServiceProvider services,
        ClusterSchedulerOptions options,
        ILocalSiloDetails silo,
        IGrainContextAccessor current,
        ILoggerFactory loggers)
    {
        _services = services;
        _current = current;
        _loggers = loggers;
        Options = options;
        Id = silo.SiloAddress.ToParsableString();
        Evaluator = services.GetService<ICronEvaluator>();
        Gate = new ClockGate(!options.Hold);
        Log = LoggerOf("Cluster");
        Background = new BackgroundWatch(Log);
        _seeds = new Random(HashCode.Combine(Id, options.Time.GetUtcNow().UtcTicks));
    }

    /// <summary>Names this run of this silo among all others.</summary>
    public string Id { get; }

    public ClusterSchedulerOptions Options { get; }

    /// <summary>What the rows of all silos of the cluster have in common.</summary>
    public string Service => field ??= _services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId;

    public HandlerCatalog Handlers => Options.Handlers;

    public ClockGate Gate { get; }

    /// <summary>What the actors of this silo cannot write in the background.</summary>
    public BackgroundWatch Background { get; }

    /// <summary>Who tells when standard cron expressions are due; null for Core itself.</summary>
    public ICronEvaluator? Evaluator { get; }

    public ILogger Log { get; }

    public LiveActivations Live { get; } = new();

    public IActorDirectory Directory => field ??= _services.GetRequiredService<IActorDirectory>();

    public IEventFanout Fanout => field ??= _services.GetRequiredService<IEventFanout>();

    public IReminderRegistry Reminders => field ??= _services.GetRequiredService<IReminderRegistry>();

    public IGrainStorage Storage => field ??= _services.GetRequiredKeyedService<IGrainStorage>(Options.StorageName);

    /// <summary>The grain whose turn this thread is in; null outside of any.</summary>
    public IGrainContext? CurrentGrain => _current.GrainContext;

    /// <summary>The actors, as kind/key, that ended without having flushed.</summary>
    public ImmutableArray<string> Unflushed => [.. _unflushed.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The epoch of the deployment; known to every actor that has loaded.</summary>
    public long Epoch => _epoch.Task is { IsCompletedSuccessfully: true } joined
        ? joined.Result
        : throw new InvariantException("The silo has not joined the deployment yet.");

    /// <summary>True when no actor comes up in this silo any more.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>From now on the epoch is known, and actors load.</summary>
    public void Join(long epoch) => _epoch.TrySetResult(epoch);

    /// <summary>Completes when the silo has joined the deployment.</summary>
    public Task JoinedAsync(CancellationToken cancellation) => _epoch.Task.IsCompleted ? _epoch.Task : _epoch.Task.WaitAsync(cancellation);

    /// <summary>Ends all actors of this silo in order, each within <see cref="ClusterSchedulerOptions.FlushWait"/>.</summary>
    public Task EndAllAsync(CancellationToken cancellation)
    {
        _isStopping = true;
        _epoch.TrySetCanceled(CancellationToken.None);
        return Task.WhenAll(Live.All.Select(activation => activation.EndNowAsync(cancellation)));
    }

    public ILogger LoggerOf(string area) => _loggers.CreateLogger($"OrleansScheduler.{area}");

    public void NoteUnflushed(ClusterActivation activation) => _unflushed[activation.ToString()] = true;

    /// <summary>Randomness for one activation; no two get the same.</summary>
    public Random NewRandom()
    {
        lock (_gate)
        {
            return new Random(_seeds.Next());
        }
    }
}
