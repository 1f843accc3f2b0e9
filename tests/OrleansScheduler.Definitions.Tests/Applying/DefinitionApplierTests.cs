using OrleansScheduler.Definitions.Applying;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Definitions.Tests.Applying;

public sealed class DefinitionApplierTests
{
    private const string Shop = """
        groups: {heavy: {cap: 2}}
        spaces:
          shop:
            documents: {order: {price: 1.50}}
            actions:
              - {name: total, handler: idle, kind: effect, inputs: [order], outputs: [total]}
        schedules:
          nightly: {when: 30 2 * * *, zone: Europe/Berlin, target: {handler: idle, space: shop}, group: heavy}
          often: {every: 5m, target: {handler: idle}}
        """;

    private static readonly string[] AllCreated =
    [
        "Group heavy Created", "Document shop/order Created", "Action shop/total Created", "Schedule nightly Created", "Schedule often Created",
    ];

    [Fact]
    public async Task Everything_in_a_file_is_created()
    {
        await using var world = await ApplyWorld.StartAsync();

        var report = await world.ApplyAsync(Shop);

        Assert.Equal(AllCreated, report.Lines());
        Assert.Equal(("acme/default", false, false), (report.Set, report.DryRun, report.IsFailed));
        Assert.Equal(2, (await world.Governor().GetAsync(CancellationToken.None)).Settings.Groups["heavy"]);
        Assert.Equal("""{"price":1.50}""", (await world.ReadAsync("shop", "order"))!.ToString());
        Assert.Equal(["total"], await world.ActionsAsync("shop"));
        Assert.Equal(new CronTrigger("30 2 * * *", "Europe/Berlin"), (await world.Schedule("nightly").GetAsync(CancellationToken.None)).Definition.Trigger);
    }

    [Fact]
    public async Task Applying_twice_writes_nothing()
    {
        await using var world = await ApplyWorld.StartAsync();
        await world.ApplyAsync(Shop);
        var before = await StateAsync(world);

        var report = await world.ApplyAsync(Shop, prune: true);

        Assert.True(report.IsUnchanged);
        Assert.All(report.Changes, change => Assert.Equal((DefinitionOutcome.Unchanged, 0), (change.Change, change.Differences.Length)));
        Assert.Empty(world.Writes);
        Assert.Equal(before, await StateAsync(world));
    }

    [Fact]
    public async Task A_dry_run_tells_the_same_and_writes_nothing()
    {
        await using var world = await ApplyWorld.StartAsync();

        var report = await world.ApplyAsync(Shop, isDryRun: true);

        Assert.Equal(AllCreated, report.Lines());
        Assert.True(report.DryRun);
        Assert.Empty(world.Writes);
        Assert.Equal(0, (await world.ManifestAsync()).Revision);
    }

    [Fact]
    public async Task What_differs_is_updated_and_said_field_by_field()
    {
        await using var world = await ApplyWorld.StartAsync();
        await world.ApplyAsync(Shop);
        string changed = Shop.Replace("cap: 2", "cap: 3").Replace("30 2 *", "45 2 *").Replace("outputs: [total]}", "outputs: [total], time_limit: 5s}")
            .Replace("target: {handler: idle}", "target: {handler: idle, payload: {a: [1, 2]}}, max_firings: 7");

        var planned = await world.ApplyAsync(changed, isDryRun: true);
        var report = await world.ApplyAsync(changed);

        Assert.Equal(
            [
                "Group heavy Updated [cap: 2 -> 3]",
                "Document shop/order Unchanged",
                "Action shop/total Updated [time_limit: 30s -> 5s]",
                "Schedule nightly Updated [trigger.expression: 30 2 * * * -> 45 2 * * *]",
                """Schedule often Updated [max_firings: none -> 7] [target.payload: none -> {"a":[1,2]}]""",
            ],
            report.Lines());
        Assert.Equal(report.Lines(), planned.Lines());
        var nightly = await world.Schedule("nightly").GetAsync(CancellationToken.None);
        Assert.Equal((2, "tester"), (nightly.Revision, nightly.ChangedBy));
        Assert.True((await world.ApplyAsync(changed)).IsUnchanged);
    }

    [Fact]
    public async Task Defaults_that_are_written_out_are_no_difference()
    {
        await using var world = await ApplyWorld.StartAsync();
        await world.ApplyAsync(Shop);
        string spelledOut = Shop.Replace("{every: 5m,", "{trigger: {kind: interval, period: 300s}, tolerance: 1m, overlap: skip, missed: skip, max_run_duration: 20m, labels: {}, initial_pause: later,");

        var report = await world.ApplyAsync(spelledOut);

        Assert.True(report.IsUnchanged);
        Assert.Empty(world.Writes);
    }

    [Fact]
    public async Task A_document_that_exists_is_not_overwritten()
    {
        await using var world = await ApplyWorld.StartAsync();
        await world.Space("shop").CommitAsync(
            new CommitRequest("test", 1, [], [new SetOperation(Address.Parse("order"), "mine")]), CancellationToken.None);

        var report = await world.ApplyAsync(Shop);

        Assert.Contains("Document shop/order Unchanged", report.Lines());
        Assert.Equal("mine", (await world.ReadAsync("shop", "order"))!.AsText());
    }

    [Fact]
    public async Task A_document_that_appears_meanwhile_is_not_overwritten()
    {
        await using var world = await ApplyWorld.StartAsync();
        world.BeforeWrite = method =>
        {
            if (method == nameof(ISpace.CommitAsync))
            {
                world.BeforeWrite = _ => { };
                world.Space("shop").CommitAsync(
                    new CommitRequest("test", 1, [], [new SetOperation(Address.Parse("order"), "mine")]), CancellationToken.None).GetAwaiter().GetResult();
            }
        };

        var report = await world.ApplyAsync(Shop);

        Assert.False(report.IsFailed);
        Assert.Contains("Document shop/order Unchanged", report.Lines());
        Assert.Equal("mine", (await world.ReadAsync("shop", "order"))!.AsText());
    }

    [Fact]
    public async Task What_the_file_no_longer_names_is_reported_and_left_alone()
    {
        await using var world = await ApplyWorld.StartAsync();
        await world.ApplyAsync(Shop);
        string[] orphans = ["Group heavy Orphaned", "Document shop/order Orphaned", "Action shop/total Orphaned", "Schedule nightly Orphaned", "Schedule often Orphaned"];

        var first = await world.ApplyAsync("schedules: {}");
        var second = await world.ApplyAsync("schedules: {}");

        Assert.Equal(orphans, first.Lines());
        Assert.Equal(orphans, second.Lines());
        Assert.Empty(world.Writes);
        Assert.True(await world.HasScheduleAsync("often"));
    }

    [Fact]
    public async Task A_prune_deletes_what_the_file_no_longer_names_but_no_document()
    {
        await using var world = await ApplyWorld.StartAsync();
        await world.ApplyAsync(Shop);

        var planned = await world.ApplyAsync("schedules: {}", isDryRun: true, prune: true);
        Assert.Empty(world.Writes);
        var report = await world.ApplyAsync("schedules: {}", prune: true);

        const string kept = "Document shop/order Orphaned [Documents hold data, so a prune keeps them. The set no longer counts this one as its own.]";
        Assert.Equal(["Group heavy Deleted", kept, "Action shop/total Deleted", "Schedule nightly Deleted", "Schedule often Deleted"], report.Lines());
        Assert.Equal(report.Lines(), planned.Lines());
        Assert.Empty((await world.Governor().GetAsync(CancellationToken.None)).Settings.Groups);
        Assert.Empty(await world.ActionsAsync("shop"));
        Assert.False(await world.HasScheduleAsync("often"));
        Assert.NotNull(await world.ReadAsync("shop", "order"));
        Assert.Empty((await world.ApplyAsync("schedules: {}", prune: true)).Changes);
        Assert.Empty(world.Writes);
    }

    [Fact]
    public async Task A_prune_leaves_alone_what_others_created()
    {
        await using var world = await ApplyWorld.StartAsync();
        await world.ApplyAsync(Shop);
        await world.ApplyAsync("name: other\nschedules: {theirs: {every: 1h, target: {handler: idle}}}");

        await world.ApplyAsync("schedules: {}", prune: true);

        Assert.True(await world.HasScheduleAsync("theirs"));
        Assert.Equal(["theirs"], (await world.ManifestAsync("other")).Schedules);
    }

    [Fact]
    public async Task An_action_with_other_inputs_is_another_action()
    {
        await using var world = await ApplyWorld.StartAsync();
        await world.ApplyAsync(Shop);

        var report = await world.ApplyAsync(Shop.Replace("inputs: [order]", "inputs: [order/price]"), prune: true);

        Assert.Equal(2, report.Changes.Count(change => change.Kind == DefinitionKind.Action));
        Assert.Contains("Action shop/total Created", report.Lines());
        Assert.Contains("Action shop/total Deleted", report.Lines());
        Assert.Equal(["total"], await world.ActionsAsync("shop"));
    }

    [Fact]
    public async Task What_the_server_refuses_does_not_stop_the_rest()
    {
        await using var world = await ApplyWorld.StartAsync();
        string broken = Shop.Replace("often: {every: 5m, target: {handler: idle}}", "often: {every: 5m, target: {handler: missing}}")
            + "\n  last: {every: 1h, target: {handler: idle}}";
        broken = broken.Replace("    actions:", "    actions:\n      - {name: lost, handler: missing, kind: effect}");

        var report = await world.ApplyAsync(broken);

        Assert.True(report.IsFailed);
        Assert.Equal(
            [
                "Group heavy Created", "Document shop/order Created", "Action shop/lost Failed", "Action shop/total Created",
                "Schedule nightly Created", "Schedule often Failed", "Schedule last Created",
            ],
            report.Lines());
        var refusals = report.Changes.Where(change => change.Refusal is not null).Select(change => change.Refusal!).ToArray();
        Assert.All(refusals, refusal => Assert.Equal(ErrorCodes.UnknownHandler, refusal.Code));
        Assert.All(refusals, refusal => Assert.Contains("missing", refusal.Message, StringComparison.Ordinal));
        Assert.Equal(
            [("scheduler.yaml:6:9", "spaces.shop.actions[0].handler"), ("scheduler.yaml:10:3", "schedules.often.target.handler")],
            refusals.Select(refusal => (refusal.Place!.ToString(), refusal.Place.Field)));
        Assert.Equal(["last", "nightly"], (await world.ManifestAsync()).Schedules);
    }

    [Fact]
    public async Task A_dry_run_tells_what_the_server_would_refuse_of_schedules()
    {
        await using var world = await ApplyWorld.StartAsync();

        var planned = await world.ApplyAsync(
            "schedules:\n  good: {every: 1h, target: {handler: idle}}\n  bad: {every: 1h, target: {handler: nobody}}\n", isDryRun: true);

        Assert.Empty(world.Writes);
        var bad = planned.Changes.Single(change => change.Id == "bad");
        Assert.Equal((DefinitionOutcome.Failed, "unknown_handler", 3), (bad.Change, bad.Refusal!.Code, bad.Refusal.Place!.Line));
        Assert.Equal(DefinitionOutcome.Created, planned.Changes.Single(change => change.Id == "good").Change);
    }

    [Fact]
    public async Task Nothing_is_pruned_while_something_is_refused()
    {
        await using var world = await ApplyWorld.StartAsync();
        await world.ApplyAsync(Shop);

        var report = await world.ApplyAsync("schedules: {frequent: {every: 5m, target: {handler: missing}}}", prune: true);

        Assert.Contains("Schedule frequent Failed", report.Lines());
        Assert.Contains("Schedule often Orphaned", report.Lines());
        Assert.True(await world.HasScheduleAsync("often"));
    }

    [Fact]
    public async Task A_crash_at_any_write_converges_at_the_next_apply()
    {
        bool isCrashed = true;
        int crashes = 0;
        for (; isCrashed; crashes++)
        {
            await using var world = await ApplyWorld.StartAsync();
            int left = crashes;
            world.BeforeWrite = _ =>
            {
                if (left-- == 0)
                {
                    throw new OperationCanceledException("The process is gone.");
                }
            };
            isCrashed = await Record.ExceptionAsync(() => world.ApplyAsync(Shop)) is OperationCanceledException;

            // The file has become another one meanwhile: what the first apply left behind has to be found.
            world.BeforeWrite = _ => { };
            await world.ApplyAsync("schedules: {often: {every: 5m, target: {handler: idle}}}", prune: true);

            Assert.Empty((await world.Governor().GetAsync(CancellationToken.None)).Settings.Groups);
            Assert.Empty(await world.ActionsAsync("shop"));
            Assert.False(await world.HasScheduleAsync("nightly"));
            Assert.True(await world.HasScheduleAsync("often"));
            Assert.Equal(["often"], (await world.ManifestAsync()).Schedules);
        }

        Assert.Equal("SaveAsync, ConfigureAsync, CommitAsync, CreateAsync, CreateAsync, SaveAsync".Split(", ").Length, crashes - 1);
    }

    [Fact]
    public async Task Two_who_apply_the_same_set_do_not_mix()
    {
        await using var world = await ApplyWorld.StartAsync();
        world.BeforeWrite = method =>
        {
            if (method == nameof(IDefinitionSet.SaveAsync))
            {
                world.BeforeWrite = _ => { };
                world.Get<IDefinitionSet>("acme/default").SaveAsync(DefinitionManifest.Empty with { Groups = ["g"] }, CancellationToken.None).GetAwaiter().GetResult();
            }
        };

        var fault = await Assert.ThrowsAsync<SchedulerException>(() => world.ApplyAsync(Shop));

        Assert.Equal(ErrorCodes.RevisionConflict, fault.Code);
        Assert.False(await world.HasScheduleAsync("often"));
    }

    private static async Task<(long, long, long, long, long)> StateAsync(ApplyWorld world) => (
        (await world.Space("shop").SummarizeAsync(CancellationToken.None)).Sequence,
        (await world.Space("shop").GetActionAsync("total", CancellationToken.None)).Revision,
        (await world.Schedule("nightly").GetAsync(CancellationToken.None)).Revision,
        (await world.Schedule("often").GetAsync(CancellationToken.None)).Revision,
        (await world.ManifestAsync()).Revision);
}
