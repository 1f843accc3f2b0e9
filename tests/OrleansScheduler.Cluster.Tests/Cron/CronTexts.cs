using System.Collections.Immutable;

namespace OrleansScheduler.Cluster.Tests.Cron;

/// <summary>Expressions that both libraries may read.</summary>
internal static class CronTexts
{
    /// <summary>What people write, from the simplest to the rarest, and what is in the crontabs of some products.</summary>
    public static ImmutableArray<string> Usual { get; } =
    [
        "* * * * *", "*/5 * * * *", "0 * * * *", "30 6 * * *", "0 9 * * MON-FRI", "*/15 9-17 * * MON-FRI", "0 0 1 * *", "0 18 L * *",
        "0 3 * * TUE#2", "0 12 29 2 *",
        "7 */4 * * *", "0 8-21 * * *", "45 * * * *", "*/1 * * * *", "1 3 * * *", "15 4 * * 6", "30 5 1 * *", "1,31 0-5 * * *", "15 6 * * *",
        "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly",
    ];

    /// <summary>Chosen to be nasty.</summary>
    public static ImmutableArray<string> Nasty { get; } =
    [
        "30 2 * * *", "30 1 * * *", "0 0 * * *", "30 0 * * *", "0,30 0,1,2,3 * * *", "59 23 * * *", "*/15 1-3 * * *", "0 22-2 * * *",
        "30 */2 * * *", "*/30 2 * * *", "*/30 0 * * *", "0 2-2 * * *", "15-45/30 1 * * *", "0/20 0 * * *", "50-10/5 23-1 * * *",
        "*/20 30 2 * * *", "*/20 30 1 * * *", "0-40/20 45 1 * * *", "10,50 30 2 * * *", "30 59 23,0,1,2 * * *", "*/15 59 1-3 * * *",
        "0 0 1W * *", "0 0 15W * *", "0 0 30W * *", "0 0 31W * *", "0 0 LW * *", "0 0 L-5 * *", "0 0 L-29 * *", "0 0 L-3W * *", "0 0 L-28W * *",
        "0 0 * * 5L", "0 0 * * FRI#5", "0 0 13 * 5", "0 0 L * 5", "0 0 1W * 1", "0 0 ? * 7", "0 0 * * SUN-TUE", "0 0 * * 5-1/2", "0 0 * * 0-7/2",
        "0 0 28-3/2 * *", "0 0 * NOV-FEB/2 *", "0 0 */2 * MON", "0 0 * * 1/2", "0 0 * * 2/5", "0 0 * * 7/2", "0 0 * * 7-2/2",
    ];

    /// <summary>Expressions of a seed.</summary>
    public static IEnumerable<string> Generated(int seed, int count)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            string seconds = random.Next(4) == 0 ? Field(random, 0, 59) + " " : "";
            yield return $"{seconds}{Field(random, 0, 59)} {Field(random, 0, 23)} {Day(random)} {Rarely(random, 1, 12)} {Weekday(random)}";
        }
    }

    private static string Day(Random random) => random.Next(8) switch
    {
        0 => "L",
        1 => $"{random.Next(1, 32)}W",
        2 => $"L-{random.Next(1, 28)}",
        _ => Rarely(random, 1, 28),
    };

    private static string Weekday(Random random) => random.Next(8) switch
    {
        0 => $"{random.Next(8)}L",
        1 => $"{random.Next(8)}#{random.Next(1, 5)}",
        _ => Rarely(random, 0, 7),
    };

    private static string Rarely(Random random, int min, int max) => random.Next(3) == 0 ? Field(random, min, max) : "*";

    private static string Field(Random random, int min, int max)
    {
        int a = random.Next(min, max + 1);
        int b = random.Next(min, max + 1);
        int step = random.Next(1, ((max - min) / 2) + 1);
        return random.Next(6) switch
        {
            0 => $"{a}-{b}",
            1 => $"{a}-{b}/{step}",
            2 => $"*/{step}",
            3 => $"{a}/{step}",
            4 => $"{a},{b}",
            _ => $"{a}",
        };
    }
}
