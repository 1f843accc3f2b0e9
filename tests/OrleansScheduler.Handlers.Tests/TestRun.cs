using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Handlers;

/// <summary>A run with given values, that keeps what its handler did.</summary>
internal sealed class TestRun : IRunContext
{
    private readonly CancellationTokenSource _stop = new();

    /// <param name="payload">JSON; single quotes stand for double ones.</param>
    public TestRun(string payload) => Payload = JsonValue.Parse(payload.Replace('\'', '"'));

    public TestRun(JsonValue payload) => Payload = payload;

    public string Run => "default/action#7";

    public JsonValue? Payload { get; }

    public DateTimeOffset Instant => new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public CancellationToken Cancellation => _stop.Token;

    public Dictionary<string, JsonValue> Documents { get; } = new(StringComparer.Ordinal);

    public List<string> Reads { get; } = [];

    public Dictionary<string, JsonValue> Writes { get; } = new(StringComparer.Ordinal);

    public List<string> Logged { get; } = [];

    public void Abort() => _stop.Cancel();

    public async Task<SchedulerException> FailsAsync(IActionHandler handler) =>
        await Assert.ThrowsAnyAsync<SchedulerException>(() => handler.HandleAsync(this));

    public ValueTask<JsonValue?> ReadAsync(Address address)
    {
        Reads.Add(address.ToString());
        return new(Documents.GetValueOrDefault(address.ToString()));
    }

    public ValueTask<JsonShape?> ReadShapeAsync(Address address) => throw new NotSupportedException();

    public void Write(Address address, JsonValue value) => Writes[address.ToString()] = value;

    public void Remove(Address address) => throw new NotSupportedException();

    public void CountTurn()
    {
    }

    public void CompleteSchedule()
    {
    }

    public void Log(string text) => Logged.Add(text);
}
