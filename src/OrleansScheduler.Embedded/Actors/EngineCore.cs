using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>What the parts of one engine share.</summary>
internal sealed class EngineCore
{
    private readonly FrozenDictionary<string, ActorKind> _kinds;
    private long _activations;
    private long _activationFailures;
    private long _overloads;
    private int _stopping;

    internal EngineCore(
        ImmutableArray<ActorRegistration> registrations, EngineEnvironment environment, ActorEngineOptions options, IActorDirectory directory)
    {
        Environment = environment;
        Options = options;
        Directory = directory;
        Log = environment.Logs.CreateLogger("OrleansScheduler.Actors");
        Fanout = new EventFanout(environment.Scheduler, Log);
        Wakeups = new WakeupClock(environment.Wakeups, environment.Time, options.ConcurrentWakeupsMax, kind => _kinds!.GetValueOrDefault(kind)?.WakesAtStart == true, Wake);
        InlineDepthMax = environment.Scheduler.AllowsInlineCalls ? options.InlineDepthMax : 0;
        UnansweredRequestsMax = options.UnansweredRequestsMax;
        var kinds = registrations.Select(registration => (registration, Kind: new ActorKind(registration, this))).ToList();
        _kinds = kinds.ToFrozenDictionary(static pair => pair.registration.Kind, static pair => pair.Kind, StringComparer.Ordinal);
        KindsByContract = kinds.ToFrozenDictionary(static pair => pair.registration.Contract, static pair => pair.Kind);
    }

    internal EngineEnvironment Environment { get; }

    internal ActorEngineOptions Options { get; }

    internal IActorDirectory Directory { get; }

    internal FrozenDictionary<Type, ActorKind> KindsByContract { get; }

    internal ILogger Log { get; }

    internal EventFanout Fanout { get; }

    internal WakeupClock Wakeups { get; }

    internal OutsideCount Outside { get; } = new();

    internal int InlineDepthMax { get; }

    internal int UnansweredRequestsMax { get; }

    internal bool IsStopping => Volatile.Read(ref _stopping) != 0;

    /// <summary>The activations in memory at about this moment.</summary>
    internal IEnumerable<Activation> Live => _kinds.Values.SelectMany(static kind => kind.Live);

    internal void CountActivation() => Interlocked.Increment(ref _activations);

    internal void CountActivationFailure() => Interlocked.Increment(ref _activationFailures);

    internal void CountOverload() => Interlocked.Increment(ref _overloads);

    internal void BeginStop() => Interlocked.Exchange(ref _stopping, 1);

    internal SchedulerException StoppingFailure(string actor) =>
        new SchedulerException(ErrorCodes.Stopping, $"{actor} is shutting down; repeat later.", isTransient: true);

    /// <summary>Randomness that follows from the engine's seed and the actor, not from what ran before.</summary>
    internal Random NewRandom(string kind, string key)
    {
        // FNV-1a over UTF-16 units. It has to be the same in every process, which string.GetHashCode is not.
        var hash = 14695981039346656037UL ^ (ulong)Environment.Seed;
        foreach (var text in (ReadOnlySpan<string>)[kind, "/", key])
        {
            foreach (var unit in text)
            {
                hash = (hash ^ unit) * 1099511628211UL;
            }
        }

        return new Random((int)(hash ^ (hash >> 32)));
    }

    internal EngineStatistics Statistics()
    {
        var past = _kinds.Values.Select(static kind => kind.PastCounts).ToList();
        var live = Live.Select(static activation => (activation.Counts, activation.Unanswered)).ToList();
        return new EngineStatistics(
            live.Count,
            Volatile.Read(ref _activations),
            Volatile.Read(ref _activationFailures),
            past.Sum(static counts => counts.Requests) + live.Sum(static one => one.Counts.Requests),
            past.Sum(static counts => counts.Queued) + live.Sum(static one => one.Counts.Queued),
            Volatile.Read(ref _overloads),
            live.Sum(static one => (long)one.Unanswered));
    }

    private void Wake(WakeupEntry entry)
    {
        if (!_kinds.TryGetValue(entry.Address.Kind, out var kind))
        {
            EngineLog.UnknownKind(Log, entry.Address.Kind, entry.Address.Key);
            Wakeups.Complete(entry, failed: true);
        }
        else if (kind.Resolve(entry.Address.Key) is { } activation)
        {
            activation.Adopt(new WakeCall(this, entry));
        }
    }
}
