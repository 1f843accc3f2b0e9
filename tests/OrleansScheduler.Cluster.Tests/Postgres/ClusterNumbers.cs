using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime.Placement;
using OrleansScheduler.Cluster.Grains;
using OrleansScheduler.Documents;
using OrleansScheduler.Silo;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Postgres;

/// <summary>How fast two silos on one database are, through the grain interfaces. Only on demand: it takes a minute, and says nothing on a busy machine.</summary>
[Collection(PostgresGroup.Name)]
public sealed class ClusterNumbers(PostgresServer server, ITestOutputHelper output)
{
    private const int Rounds = 3;
    private const int Callers = 64;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);

    [Fact(Explicit = true)]
    public async Task Calls_and_commits_per_second()
    {
        string connection = await server.NewDatabaseAsync();
        int[] ports = SiloProcess.FreePorts(4);
        using IHost here = Build(connection, ports[0], ports[1]);
        using IHost there = Build(connection, ports[2], ports[3]);
        await here.StartAsync();
        await there.StartAsync();
        var grains = here.Services.GetRequiredService<IGrainFactory>();
        List<ISpaceGrain> spaces = [.. Enumerable.Range(0, Callers).Select(number => grains.GetGrain<ISpaceGrain>($"default/space{number}"))];
        SiloAddress mine = AddressOf(here);
        SiloAddress other = AddressOf(there);
        List<ISpaceGrain> near = [];
        List<ISpaceGrain> far = [];
        foreach (ISpaceGrain space in spaces)
        {
            // Orleans prefers the silo of the caller, and would put all of them there.
            RequestContext.Set(IPlacementDirector.PlacementHintKey, near.Count > far.Count ? other : mine);
            await space.SummarizeAsync(CancellationToken.None);
            (mine.Equals(await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(space)) ? near : far).Add(space);
        }

        RequestContext.Clear();
        Assert.Equal(near.Count, far.Count);
        await ReportAsync("calls/s in a silo, 1 caller", 1, (_, _) => near[0].SummarizeAsync(CancellationToken.None));
        await ReportAsync("calls/s in a silo, 64 callers, many spaces", Callers, (caller, _) => near[caller % near.Count].SummarizeAsync(CancellationToken.None));
        await ReportAsync("calls/s between silos, 1 caller", 1, (_, _) => far[0].SummarizeAsync(CancellationToken.None));
        await ReportAsync("calls/s between silos, 64 callers, many spaces", Callers, (caller, _) => far[caller % far.Count].SummarizeAsync(CancellationToken.None));
        await ReportAsync("commits/s, 1 caller, one space", 1, (caller, number) => CommitAsync(near[0], "single", number));
        await ReportAsync("commits/s, 64 callers, one space", Callers, (caller, number) => CommitAsync(near[0], $"caller{caller}", number));
        await ReportAsync("commits/s, 64 callers, 64 spaces", Callers, (caller, number) => CommitAsync(spaces[caller], $"own{caller}", number));
        await there.StopAsync();
        await here.StopAsync();
    }

    private static IHost Build(string connection, int siloPort, int gatewayPort) => SiloBuilding.Build(
        SiloArguments.Parse(["--silo-port", $"{siloPort}", "--gateway-port", $"{gatewayPort}"], connection),
        new ClusterSchedulerOptions { Time = TestTime.System },
        NullLoggerFactory.Instance);

    private static SiloAddress AddressOf(IHost silo) => silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    private static Task CommitAsync(ISpaceGrain space, string session, long number) => space.CommitAsync(
        new CommitRequest(session, number, [], [new SetOperation(Address.Parse($"{session}/value"), JsonNumber.Of(number))]), CancellationToken.None);

    private async Task ReportAsync(string what, int callers, Func<int, long, Task> call)
    {
        long[] numbers = new long[callers];
        List<double> rates = [];
        for (int round = 0; round <= Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            long before = numbers.Sum();
            await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
            {
                while (Stopwatch.GetElapsedTime(start) < Round)
                {
                    await call(caller, ++numbers[caller]);
                }
            })));
            rates.Add((numbers.Sum() - before) / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        // The first round warms up.
        double[] counted = [.. rates.Skip(1).Order()];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {counted[Rounds / 2]:#,0} ({counted[0]:#,0} to {counted[^1]:#,0})"));
    }
}
