using System.Collections.Immutable;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Core.Timing;

namespace OrleansScheduler.Benchmarks.Occurrences;

/// <summary>P7: the next occurrence of ten expressions, in UTC and in a zone, and reading them, beside Quartz.</summary>
internal sealed class OccurrenceBenchmark : IBenchmark
{
    private const int StepsPerLook = 64;
    private const int Checked = 200;

    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Id => "P7";

    public async Task MeasureAsync(BenchmarkRun run)
    {
        await MeasureNextAsync(run, TimeZoneInfo.Utc, "UTC", 50);
        await MeasureNextAsync(run, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), "Europe/Berlin", 100);
        await MeasureParseAsync(run);
    }

    private static async Task MeasureNextAsync(BenchmarkRun run, TimeZoneInfo zone, string name, double target)
    {
        run.Tell($"next occurrence, {name}");
        bool utc = zone.Equals(TimeZoneInfo.Utc);
        ImmutableArray<CronExpression> ours = [.. NamedExpression.Ten.Select(named => CronExpression.Parse(named.Ours))];
        ImmutableArray<Quartz.CronExpression> quartz =
            [.. NamedExpression.Ten.Select(named => new Quartz.CronExpression(named.Quartz, zone))];
        ImmutableArray<Func<DateTimeOffset, DateTimeOffset?>> next =
            [.. ours.Select(expression => utc ? (Func<DateTimeOffset, DateTimeOffset?>)expression.NextAfter : after => expression.NextAfter(after, zone))];
        ImmutableArray<Func<DateTimeOffset, DateTimeOffset?>> peer =
            [.. quartz.Select(expression => (Func<DateTimeOffset, DateTimeOffset?>)expression.GetNextValidTimeAfter)];
        Check(next, peer);

        var costs = await run.AlternateAsync(length => Walk(next, run.Time, length), length => Walk(peer, run.Time, length));
        const string included = "one call through a delegate, walking from 2026 to 2090; parsed before";
        for (int i = 0; i < NamedExpression.Ten.Length; i++)
        {
            int at = i;
            run.Report(new Row($"next occurrence, {name}: {NamedExpression.Ten[i].Name}", included, new Series(costs.Select(c => c.Ours[at].Nanoseconds)), Unit.Nanoseconds)
            {
                Beside = $"Quartz {Unit.Nanoseconds.Print(new Series(costs.Select(c => c.Peer[at].Nanoseconds)).Median)}",
            });
        }

        run.Report(new Row($"next occurrence, {name}: median of the ten", included, new Series(costs.Select(c => MedianOf(c.Ours, x => x.Nanoseconds))), Unit.Nanoseconds)
        {
            Target = Target.AtMost(target),
            Beside = $"Quartz {Unit.Nanoseconds.Print(new Series(costs.Select(c => MedianOf(c.Peer, x => x.Nanoseconds))).Median)}",
        });
        run.Report(new Row($"next occurrence, {name}: bytes, most of the ten", included, new Series(costs.Select(c => c.Ours.Max(x => x.Bytes))), Unit.Bytes)
        {
            Target = Target.AtMost(0.5),
            Beside = $"Quartz {Unit.Bytes.Print(new Series(costs.Select(c => c.Peer.Max(x => x.Bytes))).Median)}",
        });
    }

    private static async Task MeasureParseAsync(BenchmarkRun run)
    {
        run.Tell("parse");
        ImmutableArray<Func<DateTimeOffset, DateTimeOffset?>> ours =
            [.. NamedExpression.Ten.Select(named => (Func<DateTimeOffset, DateTimeOffset?>)(after => CronExpression.Parse(named.Ours).NextAfter(after)))];
        ImmutableArray<Func<DateTimeOffset, DateTimeOffset?>> quartz =
        [
            .. NamedExpression.Ten.Select(named => (Func<DateTimeOffset, DateTimeOffset?>)(
                after => new Quartz.CronExpression(named.Quartz, TimeZoneInfo.Utc).GetNextValidTimeAfter(after))),
        ];
        var costs = await run.AlternateAsync(length => Walk(ours, run.Time, length), length => Walk(quartz, run.Time, length));
        run.Report(new Row(
            "parse and first occurrence: median of the ten", "reading the text, then one call", new Series(costs.Select(c => MedianOf(c.Ours, x => x.Nanoseconds))), Unit.Nanoseconds)
        {
            Beside = $"Quartz {Unit.Nanoseconds.Print(new Series(costs.Select(c => MedianOf(c.Peer, x => x.Nanoseconds))).Median)}",
        });
    }

    private static void Check(
        ImmutableArray<Func<DateTimeOffset, DateTimeOffset?>> ours, ImmutableArray<Func<DateTimeOffset, DateTimeOffset?>> peer)
    {
        for (int i = 0; i < ours.Length; i++)
        {
            DateTimeOffset after = Begin;
            for (int step = 0; step < Checked && after < End; step++)
            {
                DateTimeOffset? mine = ours[i](after);
                WrongResultException.Unless(mine == peer[i](after), $"{NamedExpression.Ten[i].Name}: after {after:O} comes {mine:O}, or {peer[i](after):O}");
                after = mine ?? End;
            }
        }
    }

    // Each expression gets its share of the time; each step starts where the one before ended.
    private static Task<ImmutableArray<StepCost>> Walk(ImmutableArray<Func<DateTimeOffset, DateTimeOffset?>> next, TimeProvider time, TimeSpan length) =>
        Task.FromResult<ImmutableArray<StepCost>>([.. next.Select(one => Walk(one, time, length / next.Length))]);

    private static StepCost Walk(Func<DateTimeOffset, DateTimeOffset?> next, TimeProvider time, TimeSpan length)
    {
        long steps = 0;
        DateTimeOffset at = Begin;
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long started = time.GetTimestamp();
        long deadline = started + (long)(length.TotalSeconds * time.TimestampFrequency);
        do
        {
            for (int i = 0; i < StepsPerLook; i++)
            {
                at = next(at) is { } found && found < End ? found : Begin;
            }

            steps += StepsPerLook;
        }
        while (time.GetTimestamp() < deadline);

        TimeSpan took = time.GetElapsedTime(started);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new StepCost(took.TotalNanoseconds / steps, (double)bytes / steps);
    }

    private static double MedianOf(ImmutableArray<StepCost> costs, Func<StepCost, double> part) => new Series(costs.Select(part)).Median;
}
