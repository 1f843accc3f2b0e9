using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Handlers.Worker;

/// <summary>A run that has a payload and nothing to read.</summary>
internal sealed class PayloadOnly(JsonValue payload) : IRunContext
{
    public string Run => "host#1";

    public JsonValue? Payload => payload;

    public DateTimeOffset Instant => DateTimeOffset.UnixEpoch;

    public CancellationToken Cancellation => CancellationToken.None;

    public ValueTask<JsonValue?> ReadAsync(Address address) => new((JsonValue?)null);

    public ValueTask<JsonShape?> ReadShapeAsync(Address address) => new((JsonShape?)null);

    public void Write(Address address, JsonValue value)
    {
    }

    public void Remove(Address address)
    {
    }

    public void CountTurn()
    {
    }

    public void CompleteSchedule()
    {
    }

    public void Log(string text)
    {
    }
}
