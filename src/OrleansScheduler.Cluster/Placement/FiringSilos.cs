using System.Collections.Frozen;

namespace OrleansScheduler.Cluster.Placement;

/// <summary>What this silo knows of who fires: a silo on hold is no home for a clock while another one fires.</summary>
internal sealed class FiringSilos
{
    private volatile FrozenSet<string> _known = [];

    /// <summary>Learns the processes that fire. Some may be gone.</summary>
    public void Learn(IEnumerable<string> processes) => _known = processes.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Those of some silos that fire; all of them when none is known to.</summary>
    public IReadOnlyCollection<SiloAddress> Among(IReadOnlyCollection<SiloAddress> silos)
    {
        FrozenSet<string> known = _known;
        SiloAddress[] firing = [.. silos.Where(silo => known.Contains(silo.ToParsableString()))];
        return firing.Length > 0 ? firing : silos;
    }
}
