using OrleansScheduler.Spaces;
using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Simulation.Handling;

/// <summary>The context of a run, which remembers whether its handler wrote.</summary>
internal sealed class TrackedContext(IRunContext inner) : IRunContext
{
    /// <summary>Whether anything was written that was accepted.</summary>
    public bool Wrote { get; private set; }

    /// <summary>Whether the run is to be the last one of its schedule.</summary>
    public bool Completes { get; private set; }

    public string Run => inner.Run;

    public JsonValue? Payload => inner.Payload;

    public DateTimeOffset Instant => inner.Instant;

    public CancellationToken Cancellation => inner.Cancellation;

    public ValueTask<JsonValue?> ReadAsync(Address address) => inner.ReadAsync(address);

    public ValueTask<JsonShape?> ReadShapeAsync(Address address) => inner.ReadShapeAsync(address);

    public void Write(Address address, JsonValue value)
    {
        inner.Write(address, value);
        Wrote = true;
    }

    public void Remove(Address address)
    {
        inner.Remove(address);
        Wrote = true;
    }

    public void CountTurn() => inner.CountTurn();

    public void Log(string text) => inner.Log(text);

    public void CompleteSchedule()
    {
        inner.CompleteSchedule();
        Completes = true;
    }
}
