namespace OrleansScheduler.Core.Clocks;

/// <summary>Whether clocks may call schedules. A host that starts on hold opens it when an operator says so.</summary>
/// <param name="isOpen">False to begin on hold.</param>
public sealed class ClockGate(bool isOpen)
{
    private volatile bool _isOpen = isOpen;

    /// <summary>True when what is due is called.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Lets what is due be called from now on. Shards notice at their next touch.</summary>
    public void Open() => _isOpen = true;
}
