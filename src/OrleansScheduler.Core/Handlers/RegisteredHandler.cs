using OrleansScheduler.Handlers;

namespace OrleansScheduler.Core.Handlers;

/// <summary>A handler under its name.</summary>
internal sealed class RegisteredHandler(string name, string fingerprint, Func<IActionHandler> create)
{
    /// <summary>So many calls may be abandoned before the handler is refused.</summary>
    public const int AbandonedMax = 4;

    private int _abandoned;

    public string Name { get; } = name;

    /// <summary>Names what the code computes.</summary>
    public string Fingerprint { get; } = fingerprint;

    public bool IsRefused => Volatile.Read(ref _abandoned) >= AbandonedMax;

    public IActionHandler Create() => create();

    /// <summary>A call did not return in time and still occupies a thread.</summary>
    public void Abandon() => Interlocked.Increment(ref _abandoned);
}
