using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Actions;
using OrleansScheduler.Definitions.Applying;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Definitions.Reading;
using OrleansScheduler.Documents;
using OrleansScheduler.Embedded;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Handlers;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;
using OrleansScheduler.Testing;
using Xunit;

namespace OrleansScheduler.Definitions.Tests.Applying;

/// <summary>A real scheduler that fires nothing, with the applier on top of it and every call in between on record.</summary>
internal sealed class ApplyWorld : IActorDirectory, IAsyncDisposable
{
    private static readonly ImmutableHashSet<string> Writing =
    [
        nameof(ISpace.CommitAsync), nameof(ISpace.UnregisterAsync), nameof(IGovernor.ConfigureAsync), nameof(IDefinitionSet.SaveAsync),
        nameof(ISchedule.CreateAsync), nameof(ISchedule.UpdateAsync), nameof(ISchedule.DeleteAsync),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("orleans-scheduler-");
    private readonly FakeTime _time = new();
    private EmbeddedScheduler _scheduler = null!;

    /// <summary>Calls that change something, in order, since the last apply began.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>Called before every call that changes something; may throw.</summary>
    public Action<string> BeforeWrite { get; set; } = _ => { };

    public static async Task<ApplyWorld> StartAsync()
    {
        var world = new ApplyWorld();
        var builder = new EmbeddedSchedulerBuilder
        {
            Folder = world._folder.FullName, Time = world._time, Loggers = NullLoggerFactory.Instance, Hold = true, Seed = 1,
        };
        builder.Handlers.Add("idle", () => new Idle());
        builder.Handlers.Add("process", () => new Idle());
        world._scheduler = await builder.StartAsync(CancellationToken.None);
        return world;
    }

    public TActor Get<TActor>(string key)
        where TActor : class => WatchedActor.Of(_scheduler.Directory.Get<TActor>(key), method =>
        {
            if (Writing.Contains(method))
            {
                BeforeWrite(method);
                Writes.Add(method);
            }
        });

    public async Task<DefinitionReport> ApplyAsync(string yaml, bool isDryRun = false, bool prune = false)
    {
        var reading = DefinitionReader.Read(yaml, "scheduler.yaml", "acme");
        Assert.Empty(reading.Faults);
        return await ApplyAsync(reading.File!, isDryRun, prune);
    }

    public Task<DefinitionReport> ApplyAsync(DefinitionFile file, bool isDryRun = false, bool prune = false)
    {
        Writes.Clear();
        return new DefinitionApplier(this, _time).ApplyAsync(file, new ApplyOptions("tester", isDryRun, prune), CancellationToken.None);
    }

    public ISpace Space(string name) => _scheduler.Directory.Get<ISpace>($"acme/{name}");

    public ISchedule Schedule(string name) => _scheduler.Directory.Get<ISchedule>($"acme/{name}");

    public IGovernor Governor() => _scheduler.Directory.Get<IGovernor>(IGovernor.Key);

    public Task<DefinitionManifest> ManifestAsync(string name = "default") =>
        _scheduler.Directory.Get<IDefinitionSet>($"acme/{name}").GetAsync(CancellationToken.None);

    public async Task<JsonValue?> ReadAsync(string space, string address) =>
        (await Space(space).ReadAsync([new ReadTarget(Address.Parse(address), ReadDepth.Deep)], null, CancellationToken.None)).Reads[0].Value;

    public async Task<bool> HasScheduleAsync(string name)
    {
        try
        {
            await Schedule(name).GetAsync(CancellationToken.None);
            return true;
        }
        catch (SchedulerException fault) when (fault.Code == ErrorCodes.NotFound)
        {
            return false;
        }
    }

    public async Task<string[]> ActionsAsync(string space) =>
        [.. (await Space(space).ListActionsAsync(null, 1_000, CancellationToken.None)).Actions.Select(action => action.Name)];

    public async ValueTask DisposeAsync()
    {
        await _scheduler.StopAsync(CancellationToken.None);
        _folder.Delete(recursive: true);
    }

    private sealed class Idle : IActionHandler
    {
        public Task HandleAsync(IRunContext context) => Task.CompletedTask;
    }
}
