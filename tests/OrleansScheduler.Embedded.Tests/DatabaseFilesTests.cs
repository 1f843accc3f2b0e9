using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Documents;
using OrleansScheduler.Embedded.Tests.Storage;
using OrleansScheduler.Handlers;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;
using OrleansScheduler.Spaces;
using OrleansScheduler.Testing;
using Xunit;
using JsonArray = System.Text.Json.Nodes.JsonArray;
using JsonObject = System.Text.Json.Nodes.JsonObject;

namespace OrleansScheduler.Embedded.Tests;

/// <summary>Files that earlier stages of the product wrote, opened by this one. Databases/README.md says how they were made.</summary>
public sealed class DatabaseFilesTests : IDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Databases");

    private readonly TestFolder _folder = new();

    // Later than any of the stages.
    private readonly FakeTime _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The stages whose files lie in the folder.</summary>
    public static TheoryData<string> Stages =>
        [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task Documents_and_actions_of_an_earlier_stage_are_still_there(string stage)
    {
        JsonObject seen = await UnpackAsync(stage);
        await using EmbeddedScheduler scheduler = await StartAsync();
        List<string> differences = [];
        foreach (string space in new[] { "shop", "earthquakes" })
        {
            ISpace actor = scheduler.Directory.Get<ISpace>($"default/{space}");
            Compare(differences, $"spaces/{space}", seen["spaces"]![space], await actor.SummarizeAsync(Cancellation));
            foreach (var (document, expected) in seen[space]!.AsObject())
            {
                var target = new ReadTarget(Address.Of(DocumentId.Parse(document)), ReadDepth.Deep);
                DocumentRead read = (await actor.ReadAsync([target], null, Cancellation)).Reads[0];
                Compare(differences, $"{document}.value", expected!["value"], read.Value);
                Compare(differences, $"{document}.hash", expected["hash"], read.Hash);
                Compare(differences, $"{document}.last_changed", expected["last_changed"], read.Sequence);
            }
        }

        // Whose handler is not there cannot run; which handlers there are is the business of the host.
        foreach (JsonNode? action in seen["actions"]!["actions"]!.AsArray())
        {
            action!["state"] = "unavailable";
        }

        Compare(
            differences, "actions", seen["actions"],
            await scheduler.Directory.Get<ISpace>("default/earthquakes").ListActionsAsync(null, 1_000, Cancellation));
        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
        Assert.Null(scheduler.Condition.Storage.LastFailure);
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task Schedules_and_runs_of_an_earlier_stage_are_still_there(string stage)
    {
        JsonObject seen = await UnpackAsync(stage);
        await using EmbeddedScheduler scheduler = await StartAsync();
        List<string> differences = [];
        foreach (var (name, expected) in seen["schedules"]!.AsObject())
        {
            Compare(differences, name, expected, await scheduler.Directory.Get<ISchedule>($"default/{name}").GetAsync(Cancellation));
        }

        await CompareRunsAsync(differences, scheduler, seen["runs"]!.AsObject());
        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task What_an_earlier_stage_began_goes_on(string stage)
    {
        JsonObject seen = await UnpackAsync(stage);
        var board = new ProbeBoard();
        RunId[] ran;
        await using (EmbeddedScheduler scheduler = await StartAsync(board))
        {
            ISchedule daily = scheduler.Directory.Get<ISchedule>("default/daily");
            await scheduler.ReleaseAsync(Cancellation);
            await daily.ExecuteAsync("later", "me", Cancellation);
            await board.MarkedAsync("ran");
            DateTimeOffset next = (await daily.GetAsync(Cancellation)).NextInstant!.Value;
            await PassAsync(board.MarkedAsync("ran", 2), next.AddMinutes(1));
            ran = [.. (await daily.ListRunsAsync(2, Cancellation)).Select(run => run.Run)];
            await scheduler.Directory.Get<ISpace>("default/shop").CommitAsync(
                new CommitRequest("later", 1, [], [new SetOperation(Address.Parse("orders/customer"), JsonString.Of("Ada"))]), Cancellation);
        }

        // Numbers go on where that stage stopped, and what is new is as durable as what was there.
        long last = seen["runs"]!["daily"]!["runs"]!.AsArray().Max(run => RunId.Parse((string)run!["run"]!).Number);
        Assert.Equal([last + 2, last + 1], ran.Select(run => run.Number));
        await using EmbeddedScheduler again = await StartAsync();
        Assert.Equal((long)seen["spaces"]!["shop"]!["sequence"]! + 1, (await again.Directory.Get<ISpace>("default/shop").SummarizeAsync(Cancellation)).Sequence);
        Assert.Equal(ran, (await again.Directory.Get<ISchedule>("default/daily").ListRunsAsync(2, Cancellation)).Select(run => run.Run));
    }

    private static async Task CompareRunsAsync(List<string> differences, EmbeddedScheduler scheduler, JsonObject seen)
    {
        foreach (var (name, page) in seen)
        {
            JsonArray expected = page!["runs"]!.AsArray();
            Assert.NotEmpty(expected);
            ISchedule schedule = scheduler.Directory.Get<ISchedule>($"default/{name}");
            foreach (JsonNode? run in expected)
            {
                RunId id = RunId.Parse((string)run!["run"]!);
                Compare(differences, id.ToString(), run, await schedule.GetRunAsync(id, Cancellation));
            }
        }
    }

    /// <summary>Everything that was there then is there now with the same value; there may be more now.</summary>
    private static void Compare(List<string> differences, string path, JsonNode? expected, object? actual) =>
        Compare(differences, path, expected, JsonSerializer.SerializeToNode(actual, ContractJson.Options));

    private static void Compare(List<string> differences, string path, JsonNode? expected, JsonNode? actual)
    {
        switch (expected)
        {
            case JsonObject fields when actual is JsonObject other:
                foreach (var (name, value) in fields)
                {
                    Compare(differences, $"{path}.{name}", value, other[name]);
                }

                break;
            case JsonArray items when actual is JsonArray other && items.Count == other.Count:
                for (var i = 0; i < items.Count; i++)
                {
                    Compare(differences, $"{path}[{i}]", items[i], other[i]);
                }

                break;
            default:
                if (!JsonNode.DeepEquals(expected, actual))
                {
                    differences.Add($"{path} was {expected?.ToJsonString()} and is {actual?.ToJsonString()}");
                }

                break;
        }
    }

    private async Task<JsonObject> UnpackAsync(string stage)
    {
        await using var packed = new GZipStream(File.OpenRead(Path.Combine(Folder, stage + ".db.gz")), CompressionMode.Decompress);
        await using FileStream database = File.Create(_folder.Database);
        await packed.CopyToAsync(database, Cancellation);
        return JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, stage + ".json"), Cancellation))!.AsObject();
    }

    private Task<EmbeddedScheduler> StartAsync(ProbeBoard? board = null)
    {
        var builder = new EmbeddedSchedulerBuilder { Folder = _folder.Path, Time = _time, Loggers = NullLoggerFactory.Instance, Hold = true };
        if (board is not null)
        {
            builder.Handlers.Add("earthquakes.feeder", () => new Feeder(board), "1");
        }

        return builder.StartAsync(Cancellation);
    }

    /// <summary>Moves the clock from timer to timer, to an instant at the latest, until the task is done.</summary>
    private async Task PassAsync(Task task, DateTimeOffset until)
    {
        while (!task.IsCompleted)
        {
            Task armed = _time.NextArmedAsync();
            if (_time.NextDue <= until)
            {
                _time.AdvanceTo(_time.NextDue!.Value);
            }
            else
            {
                await Waits.EitherAsync(task, armed);
            }
        }
    }

    private sealed class Feeder(ProbeBoard board) : IActionHandler
    {
        public Task HandleAsync(IRunContext context)
        {
            board.Mark("ran");
            return Task.CompletedTask;
        }
    }
}
