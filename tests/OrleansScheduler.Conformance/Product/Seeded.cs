using System.Globalization;

namespace OrleansScheduler.Conformance.Product;

/// <summary>Repeats a random check with seeds that follow each other, and names the seed that failed.</summary>
/// <remarks>The variable SCHEDULER_TEST_SEED replaces the first seed. Where threads take part, a seed repeats the history and not every interleaving.</remarks>
internal static class Seeded
{
    private const int DefaultSeed = 20_260_101;

    public static async Task RoundsAsync(int rounds, Func<Random, Task> check)
    {
        string? text = Environment.GetEnvironmentVariable("SCHEDULER_TEST_SEED");
        int first = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : DefaultSeed;
        for (int seed = first; seed < first + rounds; seed++)
        {
            try
            {
                await check(new Random(seed));
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"Failed with SCHEDULER_TEST_SEED={seed}: {fault.Message}", fault);
            }
        }
    }
}
