using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Core.Handlers;

/// <summary>A handler under its name.</summary>
internal sealed class RegisteredHandler(string name, string fingerprint, TimeSpan grace, Action<JsonValue?>? check, Func<IActionHandler> create)
{
    /// <summary>So many calls may be abandoned before the handler is refused.</summary>
    public const int AbandonedMax = 4;

    /// <summary>What a handler gets to react to its cancellation, unless it was registered with more.</summary>
    public static readonly TimeSpan GraceDefault = TimeSpan.FromMilliseconds(100);

    /// <summary>Less than a lease lasts beyond the time limit of its run.</summary>
    public static readonly TimeSpan GraceMax = TimeSpan.FromSeconds(20);

    private int _abandoned;

    public string Name { get; } = name;

    /// <summary>Names what the code computes.</summary>
    public string Fingerprint { get; } = fingerprint;

    /// <summary>What it gets to end in order before it is abandoned.</summary>
    public TimeSpan Grace { get; } = grace;

    public bool IsRefused => Volatile.Read(ref _abandoned) >= AbandonedMax;

    /// <summary>Throws what is wrong with a payload.</summary>
    public void Check(JsonValue? payload) => check?.Invoke(payload);

    public IActionHandler Create() => create();

    /// <summary>A call did not return in time and still occupies a thread.</summary>
    public void Abandon() => Interlocked.Increment(ref _abandoned);
}
