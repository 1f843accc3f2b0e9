using OrleansScheduler.Simulation.Planting;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Planning;

/// <summary>Leaves steps out of a failing plan as long as the same promise stays broken.</summary>
internal static class Shortener
{
    private const int TriesMax = 150;

    public static Outcome Shorten(Outcome failing, PlantedBug? bug)
    {
        Outcome shortest = failing;
        int tries = 0;
        for (int size = Math.Max(1, failing.Plan.Kept.Length / 2); size >= 1; size /= 2)
        {
            for (int from = 0; from < shortest.Plan.Kept.Length && tries < TriesMax; tries++)
            {
                int[] kept = [.. shortest.Plan.Kept];
                Outcome shorter = Simulator.Run(failing.Plan.Only([.. kept[..from], .. kept[Math.Min(kept.Length, from + size)..]]), bug);
                if (shorter.Broken?.Rule == failing.Broken!.Rule)
                {
                    shortest = shorter;
                }
                else
                {
                    from += size;
                }
            }
        }

        return shortest;
    }
}
