using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Actions;
using OrleansScheduler.Embedded;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Standalone.Tests;

/// <summary>What a data folder says about the sample's actions. Read by an engine without handlers, so that nothing can run.</summary>
/// <param name="Sequence">The sequence of the space.</param>
/// <param name="Runs">The observation number of each action.</param>
/// <param name="Dirty">The actions that have a cause to run.</param>
/// <param name="Unreached">The actions that have none, and that nothing dirty can reach.</param>
internal sealed record StoredSpace(
    long Sequence, ImmutableDictionary<ActionId, long> Runs, ImmutableHashSet<ActionId> Dirty, ImmutableHashSet<ActionId> Unreached)
{
    public static async Task<StoredSpace> ReadAsync(DataFolder folder)
    {
        using DataFolder copy = folder.Copy();
        var builder = new EmbeddedSchedulerBuilder
        {
            Folder = copy.Path, Time = HostTime.System, Loggers = NullLoggerFactory.Instance, Hold = true,
        };
        await using EmbeddedScheduler scheduler = await builder.StartAsync(CancellationToken.None);
        SpaceGraph graph = await scheduler.Directory.Get<ISpace>("default/earthquakes").GraphAsync(CancellationToken.None);

        ImmutableHashSet<ActionId> dirty = [.. graph.Nodes.Where(node => node.Causes > 0).Select(node => node.Action)];
        HashSet<ActionId> reached = [.. dirty];
        Queue<ActionId> open = new(dirty);
        ILookup<ActionId, ActionId> readers = graph.Edges.ToLookup(edge => edge.Writer, edge => edge.Reader);
        while (open.TryDequeue(out ActionId writer))
        {
            foreach (ActionId reader in readers[writer].Where(reached.Add))
            {
                open.Enqueue(reader);
            }
        }

        return new StoredSpace(
            graph.Sequence,
            graph.Nodes.ToImmutableDictionary(node => node.Action, node => node.Runs),
            dirty,
            [.. graph.Nodes.Select(node => node.Action).Where(action => !reached.Contains(action))]);
    }
}
