using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Handlers;

/// <summary>What a handler sees of the world during one run. All reads are of one instant of one space.</summary>
/// <remarks>Not for use by several threads at once, nor after the handler has returned.</remarks>
public interface IRunContext
{
    /// <summary>Names the run: for an action <c>action id#number</c>, for a schedule the <see cref="Identity.RunId"/>.</summary>
    string Run { get; }

    /// <summary>What the definition gave the handler; null for nothing.</summary>
    JsonValue? Payload { get; }

    /// <summary>When the run was started; for a schedule the nominal instant of its occurrence.</summary>
    DateTimeOffset Instant { get; }

    /// <summary>Cancelled when the run shall stop: time limit, abort, or the end of the host.</summary>
    CancellationToken Cancellation { get; }

    /// <summary>The value at an address; null when it is absent. The action runs again when the value changes.</summary>
    /// <exception cref="Errors.SchedulerException"><c>request_invalid</c> when the run has no space.</exception>
    ValueTask<JsonValue?> ReadAsync(Address address);

    /// <summary>The shape at an address; null when it is absent. The action runs again when the shape changes.</summary>
    /// <exception cref="Errors.SchedulerException"><c>request_invalid</c> when the run has no space.</exception>
    ValueTask<JsonShape?> ReadShapeAsync(Address address);

    /// <summary>Puts a value at an address, when the run completes. Reads do not see it.</summary>
    /// <exception cref="Errors.SchedulerException"><c>commit_too_large</c> beyond 10,000 writes.</exception>
    void Write(Address address, JsonValue value);

    /// <summary>Removes what is at an address, when the run completes.</summary>
    /// <exception cref="Errors.SchedulerException"><c>commit_too_large</c> beyond 10,000 writes.</exception>
    void Remove(Address address);

    /// <summary>Counts one step, such as a message or a tool call of an agent.</summary>
    void CountTurn();

    /// <summary>Adds to the run's log, which people see: its first 2,000 and its last 2,000 characters are kept. Without effect for an action.</summary>
    void Log(string text);

    /// <summary>Ends the schedule with this run: it fires no more. Without effect for an action.</summary>
    void CompleteSchedule();
}
