using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansScheduler.Actions;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Schedules;

/// <summary>What happened to a schedule.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(Updated), "updated")]
[JsonDerivedType(typeof(Settled), "settled")]
[JsonDerivedType(typeof(Requested), "requested")]
[JsonDerivedType(typeof(Claimed), "claimed")]
[JsonDerivedType(typeof(Ended), "ended")]
[JsonDerivedType(typeof(Paused), "paused")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(Deleted), "deleted")]
[JsonDerivedType(typeof(Heard), "heard")]
internal abstract record ScheduleEntry
{
    /// <summary>It was created, or created again after it was deleted.</summary>
    internal sealed record Created(ScheduleDefinition Definition, string Incarnation, DateTimeOffset At, string? Evaluator = null) : ScheduleEntry;

    /// <summary>It has another definition from here on, or the same one and another evaluator.</summary>
    internal sealed record Updated(ScheduleDefinition Definition, string Who, DateTimeOffset At, string? Evaluator = null) : ScheduleEntry;

    /// <summary>Every nominal instant up to <see cref="UpTo"/> has its fate: some have become runs.</summary>
    /// <param name="UpTo">Up to where.</param>
    /// <param name="Missed">How many were noticed too late and skipped.</param>
    /// <param name="Overlapped">How many were skipped because of an open run.</param>
    /// <param name="Started">The instants that became runs, in order.</param>
    /// <param name="At">When.</param>
    /// <param name="SinceStart">The start of the deployment that is known from here on; null when that did not change.</param>
    /// <param name="SinceStartNumber">Its number; 0 when it had none.</param>
    internal sealed record Settled(
        DateTimeOffset UpTo,
        long Missed,
        long Overlapped,
        ImmutableArray<DateTimeOffset> Started,
        DateTimeOffset At,
        string? SinceStart = null,
        long SinceStartNumber = 0) : ScheduleEntry;

    /// <summary>Somebody asked for a run.</summary>
    internal sealed record Requested(string Request, string Who, DateTimeOffset At) : ScheduleEntry;

    /// <summary>A run got its slot and starts.</summary>
    internal sealed record Claimed(RunId Run, DateTimeOffset At) : ScheduleEntry;

    /// <summary>A run ended.</summary>
    internal sealed record Ended(
        RunId Run, RunStatus Status, DateTimeOffset At, long? Commit, int Turns, RunError? Error, bool Completes, string? Log = null) : ScheduleEntry;

    /// <summary>It was paused.</summary>
    internal sealed record Paused(string Who, string Reason, DateTimeOffset At) : ScheduleEntry;

    /// <summary>It was resumed: it is due again from here on.</summary>
    internal sealed record Resumed(string Who, DateTimeOffset At) : ScheduleEntry;

    /// <summary>It was deleted.</summary>
    internal sealed record Deleted(string Who, DateTimeOffset At) : ScheduleEntry;

    /// <summary>Others have heard what they were told.</summary>
    /// <param name="Attention">The number of the attention that the clock knows.</param>
    /// <param name="Membership">The number of the membership that the catalog knows.</param>
    /// <param name="Runs">How many ended runs the history knows.</param>
    internal sealed record Heard(long Attention, long Membership, long Runs) : ScheduleEntry;
}
