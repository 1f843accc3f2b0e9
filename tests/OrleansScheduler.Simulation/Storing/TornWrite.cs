using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Storing;

/// <summary>
/// The process dies in the middle of a write. In a file it disappears whole: SQLite's log is checksummed, and a transaction without
/// its end is none. Of what is written row by row, what has landed stays, and of the rest each row lands or not.
/// </summary>
internal sealed class TornWrite(World world)
{
    private int _left;
    private TimeSpan _down;

    /// <summary>The so many-th write from here on is torn.</summary>
    public void Arm(int writes, TimeSpan down) => (_left, _down) = (writes, down);

    /// <summary>A write begins, or one row of it has landed.</summary>
    /// <returns>True when whoever writes never hears of it again.</returns>
    public bool Strikes()
    {
        if (_left == 0 || world.IsCalm || --_left > 0 || world.Process is null)
        {
            return false;
        }

        world.Note("a write is torn");
        world.GoOutside(async () =>
        {
            await Task.Yield();
            await world.CrashAsync(_down);
        });
        return true;
    }
}
