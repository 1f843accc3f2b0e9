namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>Always the same instant; timers run as usual, for the bounded waits that no test reaches.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public static DateTimeOffset Now { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
