using OrleansScheduler.Benchmarks.Machines;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Cluster.Tests.Numbers.Calls;
using OrleansScheduler.Cluster.Tests.Numbers.Commits;
using OrleansScheduler.Cluster.Tests.Numbers.Silos;
using OrleansScheduler.Cluster.Tests.Postgres;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Numbers;

/// <summary>What the cluster engine costs, beside peers that do the same without it. Only on demand, and it asserts nothing about time.</summary>
[Collection(PostgresGroup.Name)]
public sealed class ClusterNumbers(PostgresServer server, ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public Task Quick() => PrintAsync(Rounds.Quick);

    [Fact(Explicit = true)]
    public Task Full() => PrintAsync(Rounds.Full);

    private async Task PrintAsync(Rounds rounds)
    {
#pragma warning disable RS0030 // Here the time that goes by is what is asked for.
        TimeProvider time = TimeProvider.System;
#pragma warning restore RS0030
        using var folder = new DataFolder();
        using var lines = new StringWriter();
        lines.WriteLine(Machine.Describe(time, FlushLatency.Measure(folder, time), folder, rounds));
        await using var database = await OwnDatabase.CreateAsync(await server.NewDatabaseAsync(schema: false));
        lines.WriteLine($"{await database.DescribeAsync()} · server GC {System.Runtime.GCSettings.IsServerGC}");
        await using var silos = await SiloPair.StartAsync(database.Connection, time);
        var table = new Table(lines);
        table.Begin();
        try
        {
            await new CallBenchmark(silos).MeasureAsync(new BenchmarkRun("calls", rounds, time, folder, table, TextWriter.Null));
            await new ClusterCommitBenchmark(silos, database).MeasureAsync(new BenchmarkRun("P4c", rounds, time, folder, table, TextWriter.Null));
        }
        finally
        {
            output.WriteLine(lines.ToString());
        }
    }
}
