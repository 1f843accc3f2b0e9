using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Samples.Tests;

/// <summary>One run of a handler over a <see cref="MemorySpace"/>. Its writes wait for <see cref="Commit"/>.</summary>
internal sealed class MemoryRun(MemorySpace space, JsonValue? payload = null, CancellationToken cancellation = default) : IRunContext
{
    public List<SeenRead> Reads { get; } = [];

    public List<(Address Address, JsonValue Value)> Writes { get; } = [];

    public bool IsScheduleCompleted { get; private set; }

    public string Run => "test#1";

    public JsonValue? Payload => payload;

    public DateTimeOffset Instant => throw new InvalidOperationException("Nothing in the sample may depend on the clock.");

    public CancellationToken Cancellation => cancellation;

    public ValueTask<JsonValue?> ReadAsync(Address address) => ValueTask.FromResult(Note(address, ReadDepth.Deep));

    public ValueTask<JsonShape?> ReadShapeAsync(Address address) =>
        ValueTask.FromResult(JsonShape.Of(Note(address, ReadDepth.Shallow)));

    public void Write(Address address, JsonValue value) => Writes.Add((address, value));

    public void Remove(Address address) => throw new InvalidOperationException("Nothing in the sample removes anything.");

    public void CountTurn()
    {
    }

    public void Log(string text)
    {
    }

    public void CompleteSchedule() => IsScheduleCompleted = true;

    public void Commit()
    {
        foreach (var (address, value) in Writes)
        {
            space.Write(address, value);
        }
    }

    private JsonValue? Note(Address address, ReadDepth depth)
    {
        var value = space.Read(address);
        Reads.Add(new SeenRead(address, depth, value));
        return value;
    }
}
