using OrleansScheduler.Definitions.Crontabs;
using OrleansScheduler.Definitions.Tests.Crontabs;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Definitions.Tests.Applying;

public sealed class CrontabApplyTests
{
    [Fact]
    public async Task A_crontab_that_is_imported_again_changes_nothing()
    {
        await using var world = await ApplyWorld.StartAsync();
        var file = CrontabReader.Read(TestFile.Read("container-app.crontab"), Crontab.Options).ToDefinitionFile();

        var first = await world.ApplyAsync(file);
        var second = await world.ApplyAsync(file);

        Assert.Equal(5, first.Changes.Length);
        Assert.False(first.IsFailed);
        Assert.True(second.IsUnchanged);
        Assert.Empty(world.Writes);
        foreach (var schedule in file.Schedules)
        {
            var detail = await world.Schedule(schedule.Schedule.Name).GetAsync(CancellationToken.None);
            Assert.Equal((ScheduleState.Paused, "waits for an administrator to allow its command"), (detail.State, detail.Reason));
        }
    }

    [Fact]
    public async Task A_changed_line_is_a_new_schedule_and_the_old_one_an_orphan()
    {
        await using var world = await ApplyWorld.StartAsync();
        await world.ApplyAsync(Crontab.Read("0 0 * * * first", "0 1 * * * second").ToDefinitionFile());

        var report = await world.ApplyAsync(Crontab.Read("0 0 * * * first", "30 1 * * * second").ToDefinitionFile());

        Assert.Equal(["Unchanged", "Created", "Orphaned"], report.Changes.Select(change => change.Change.ToString()));
    }

    [Fact]
    public async Task A_line_that_moves_stays_the_same_schedule()
    {
        await using var world = await ApplyWorld.StartAsync();
        await world.ApplyAsync(Crontab.Read("0 0 * * * first").ToDefinitionFile());

        var report = await world.ApplyAsync(Crontab.Read("# a comment", "0 0 * * * first").ToDefinitionFile());

        Assert.Equal(["labels.line: 1 -> 2"], Assert.Single(report.Changes).Differences);
    }
}
