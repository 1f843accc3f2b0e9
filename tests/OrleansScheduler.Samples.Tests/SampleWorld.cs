using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Samples.Earthquakes;
using OrleansScheduler.Samples.Earthquakes.Feeding;

namespace OrleansScheduler.Samples.Tests;

/// <summary>The sample over a space in memory, with the smallest engine that runs what has to run: writers before readers.</summary>
internal sealed class SampleWorld : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("earthquakes");
    private readonly SampleHandlers _handlers;
    private readonly EarthquakeData _data;

    public SampleWorld(EarthquakeData data)
    {
        _data = data;
        _handlers = new SampleHandlers(_folder.FullName);
        Actions = WritersFirst([.. SampleDefinitions.File.Actions.Select(action => action.Definition)]);
    }

    /// <summary>Ordered by what they declare.</summary>
    public ImmutableArray<ActionDefinition> Actions { get; }

    public MemorySpace Space { get; } = new();

    /// <summary>The newest run of each action, by its name.</summary>
    public Dictionary<string, MemoryRun> Runs { get; } = [];

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    public async Task FeedAsync(int quakes)
    {
        for (var i = 0; i < quakes; i++)
        {
            var run = new MemoryRun(Space);
            await new FeedQuakes(_data).HandleAsync(run);
            run.Commit();
        }
    }

    public void SetMagnitude(string quake, decimal magnitude) => Space.Write(Address.Parse($"quake.{quake}/mag"), magnitude);

    /// <summary>Runs what never ran, or saw something that has changed, and answers with the names.</summary>
    public async Task<ImmutableArray<string>> SettleAsync()
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var action in Actions.Where(IsDirty))
        {
            var run = new MemoryRun(Space, action.Payload);
            await _handlers.Create(action.Handler).HandleAsync(run);
            run.Commit();
            Runs[action.Name] = run;
            names.Add(action.Name);
        }

        return names.DrainToImmutable();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Evaluated lazily, action by action: it sees what those before it have written.
    private bool IsDirty(ActionDefinition action) =>
        !Runs.TryGetValue(action.Name, out var run) || !run.Reads.TrueForAll(read => read.IsCurrent(Space));

    private static ImmutableArray<ActionDefinition> WritersFirst(ImmutableArray<ActionDefinition> actions)
    {
        var ordered = ImmutableArray.CreateBuilder<ActionDefinition>(actions.Length);
        var visited = new HashSet<ActionDefinition>(ReferenceEqualityComparer.Instance);
        void Visit(ActionDefinition reader)
        {
            if (visited.Add(reader))
            {
                actions.Where(writer => Overlap.Any(writer.Outputs, reader.Inputs)).ToList().ForEach(Visit);
                ordered.Add(reader);
            }
        }

        // From the end, so that the order of the list cannot be what makes it work.
        actions.Reverse().ToList().ForEach(Visit);
        return ordered.MoveToImmutable();
    }
}
