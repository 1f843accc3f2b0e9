using OrleansScheduler.Definitions;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>A set of definitions as it follows from what has landed: one revision after the other, and no name that was added is lost.</summary>
internal sealed class DefinitionSetAccount(World world, string key)
{
    public DefinitionManifest Manifest { get; private set; } = DefinitionManifest.Empty;

    public void Apply(DefinitionManifest entry)
    {
        if (entry.Revision != Manifest.Revision + 1)
        {
            world.Fail("revision", $"{key}: the revision {entry.Revision} follows {Manifest.Revision}.");
        }

        // Clients only ever add names.
        if (Manifest.Schedules.Except(entry.Schedules) is { Count: > 0 } lost)
        {
            world.Fail("lost update", $"{key}: revision {entry.Revision} has lost {string.Join(", ", lost)}.");
        }

        Manifest = entry;
    }
}
