namespace OrleansScheduler.Simulation.Checking;

/// <summary>Something that may be so of a schedule at some moment of a call.</summary>
internal sealed class Moment(Func<ScheduleAccount, bool> isSo)
{
    /// <summary>Whether it was so at any moment since the beginning.</summary>
    public bool Was { get; private set; }

    public void Look(ScheduleAccount account) => Was = Was || isSo(account);
}
