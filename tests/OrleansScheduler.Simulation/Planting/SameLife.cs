using OrleansScheduler.Simulation.Checking;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>Random numbers that give every life of a schedule the same name.</summary>
internal sealed class SameLife(ScheduleAccount account) : Random(0)
{
    public override int Next() => unchecked((int)(0x5eed5eedU ^ ((uint)account.Membership * 2654435769U)));
}
