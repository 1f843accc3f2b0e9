using System.Globalization;

namespace OrleansScheduler.Core.Tests.Histories;

/// <summary>Repeats a random check with seeds that follow each other, and names the seed that failed.</summary>
/// <remarks>The variable SCHEDULER_TEST_SEED replaces the first seed, so that a failure is repeated as the first round.</remarks>
internal static class Seeded
{
    private const int DefaultSeed = 20_260_101;

    public static void Rounds(int rounds, Action<Random> check)
    {
        string? text = Environment.GetEnvironmentVariable("SCHEDULER_TEST_SEED");
        int first = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : DefaultSeed;
        for (int seed = first; seed < first + rounds; seed++)
        {
            try
            {
                check(new Random(seed));
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"Failed with SCHEDULER_TEST_SEED={seed}: {fault.Message}", fault);
            }
        }
    }
}
