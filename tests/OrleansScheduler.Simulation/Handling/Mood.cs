using OrleansScheduler.Core.Timing;

namespace OrleansScheduler.Simulation.Handling;

/// <summary>How a handler behaves: a number that is the same for the same run, whatever else happens.</summary>
internal static class Mood
{
    /// <summary>0 to 99; in calm times not below 30.</summary>
    public static int Of(int seed, string run, bool isCalm) => (int)(StableHash.Of(run, seed) % 100) is var mood && isCalm && mood < 30 ? mood + 30 : mood;
}
