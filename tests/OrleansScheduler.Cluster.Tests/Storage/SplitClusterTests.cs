using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Cluster.Tests.Clusters;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Permissions;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Storage;

/// <summary>Guarantee 9 with real actors: two clusters that do not know of each other, over the same rows, so that an actor has two activations.</summary>
public abstract class SplitClusterTests
{
    private const int Races = 10;

    private readonly ProbeBoard _hereBoard = new();
    private readonly ProbeBoard _thereBoard = new();

    internal abstract Task<ClusterRows> RowsAsync();

    [Fact]
    public async Task The_older_activation_of_an_actor_acknowledges_nothing_ends_itself_and_goes_on_from_what_the_newer_one_stored()
    {
        ClusterRows rows = await RowsAsync();
        await using TestCluster here = Create(rows, _hereBoard);
        await using TestCluster there = Create(rows, _thereBoard);
        await Task.WhenAll(here.StartAsync(), there.StartAsync());
        await AllowAsync(here, "list", "1 here");
        await AllowAsync(there, "list", "2 there");

        await AssertLostAsync(AllowAsync(here, "list", "3 here"));
        await _hereBoard.MarkedAsync("log:Faulted:list");
        string[] found = await ValuesAsync(here, "list");
        await AllowAsync(here, "list", "3 here");
        await AssertLostAsync(AllowAsync(there, "list", "4 there"));
        await _thereBoard.MarkedAsync("log:Faulted:list");

        Assert.Equal(["1 here", "2 there"], found);
        Assert.Equal(["1 here", "2 there", "3 here"], await ValuesAsync(there, "list"));
    }

    [Fact]
    public async Task Of_two_activations_that_store_the_first_entry_of_an_actor_one_is_acknowledged_and_the_other_loses()
    {
        ClusterRows rows = await RowsAsync();
        await using TestCluster here = Create(rows, _hereBoard);
        await using TestCluster there = Create(rows, _thereBoard);
        TestCluster[] clusters = [here, there];
        await Task.WhenAll(here.StartAsync(), there.StartAsync());
        for (int race = 0; race < Races; race++)
        {
            string key = $"new{race}";
            await Task.WhenAll(clusters.Select(cluster => ValuesAsync(cluster, key)));

            Task[] calls = [AllowAsync(here, key, "here"), AllowAsync(there, key, "there")];
            await Task.WhenAny(Task.WhenAll(calls));

            int winner = Assert.Single(Enumerable.Range(0, 2), number => calls[number].IsCompletedSuccessfully);
            await AssertLostAsync(calls[1 - winner]);
            Assert.Equal([winner == 0 ? "here" : "there"], await ValuesAsync(clusters[1 - winner], key));
        }
    }

    private static TestCluster Create(ClusterRows rows, ProbeBoard board) => new(
        board,
        1,
        time => new ClusterSchedulerOptions { Time = time },
        silo => silo.Services.AddSingleton<ILoggerProvider>(new MarkingProvider(board))
            .AddLogging(logging => logging.AddFilter<MarkingProvider>("OrleansScheduler", LogLevel.Trace)),
        rows);

    // An actor that stores nothing on its own account: what it stores, a caller of the test asked for.
    private static IPermissions ListOf(TestCluster cluster, string key) => cluster.Client.GetRequiredService<IActorDirectory>().Get<IPermissions>(key);

    private static Task<Permission> AllowAsync(TestCluster cluster, string key, string value) =>
        ListOf(cluster, key).AllowAsync(PermissionKind.Program, value, "", "test", CancellationToken.None);

    private static async Task<string[]> ValuesAsync(TestCluster cluster, string key) =>
        [.. (await ListOf(cluster, key).ListAsync(CancellationToken.None)).Select(permission => permission.Value)];

    private static async Task AssertLostAsync(Task call)
    {
        var lost = await Assert.ThrowsAsync<SchedulerException>(() => call);

        Assert.Equal((ErrorCodes.OutcomeUnknown, true, ErrorCodes.JournalConflict), (lost.Code, lost.IsTransient, lost.Details["reason"]));
    }
}
