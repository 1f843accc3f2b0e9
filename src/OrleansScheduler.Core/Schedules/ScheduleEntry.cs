using System.Text.Json.Serialization;
using OrleansScheduler.Actions;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Schedules;

/// <summary>What happened to a schedule.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(Settled), "settled")]
[JsonDerivedType(typeof(Requested), "requested")]
[JsonDerivedType(typeof(Ended), "ended")]
[JsonDerivedType(typeof(Paused), "paused")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(Deleted), "deleted")]
[JsonDerivedType(typeof(Heard), "heard")]
internal abstract record ScheduleEntry
{
    /// <summary>It was created, or created again after it was deleted.</summary>
    internal sealed record Created(ScheduleDefinition Definition, string Incarnation, DateTimeOffset At) : ScheduleEntry;

    /// <summary>Every nominal instant up to <see cref="UpTo"/> has its fate: one may have become a run.</summary>
    internal sealed record Settled(DateTimeOffset UpTo, long Missed, long Overlapped, DateTimeOffset? Started, DateTimeOffset At) : ScheduleEntry;

    /// <summary>Somebody asked for a run.</summary>
    internal sealed record Requested(string Request, string Who, DateTimeOffset At) : ScheduleEntry;

    /// <summary>A run ended.</summary>
    internal sealed record Ended(RunId Run, RunStatus Status, DateTimeOffset At, long? Commit, int Turns, RunError? Error, bool Completes) : ScheduleEntry;

    /// <summary>It was paused.</summary>
    internal sealed record Paused(string Who, string Reason, DateTimeOffset At) : ScheduleEntry;

    /// <summary>It was resumed: it is due again from here on.</summary>
    internal sealed record Resumed(string Who, DateTimeOffset At) : ScheduleEntry;

    /// <summary>It was deleted.</summary>
    internal sealed record Deleted(string Who, DateTimeOffset At) : ScheduleEntry;

    /// <summary>Clock and catalog have heard what was announced under this number.</summary>
    internal sealed record Heard(long Number) : ScheduleEntry;
}
