using OrleansScheduler.Cluster.Deployments;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Clusters;

public sealed class DeploymentRecordTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Who_finds_no_other_member_living_opens_the_next_start()
    {
        DeploymentRecord first = DeploymentRecord.None.Join("a", ["a", "b"], Noon);
        DeploymentRecord second = first.Join("b", ["b", "c"], Noon.AddHours(1));

        Assert.Equal((1, Noon), (first.Start.Number, first.Start.At));
        Assert.Equal((2, Noon.AddHours(1)), (second.Start.Number, second.Start.At));
        Assert.NotEqual(first.Start.Id, second.Start.Id);
        Assert.Equal(["b"], second.Processes);
    }

    [Fact]
    public void While_a_member_lives_all_who_come_belong_to_the_same_start()
    {
        DeploymentRecord record = DeploymentRecord.None.Join("a", ["a"], Noon).Join("b", ["a", "b"], Noon.AddHours(1));

        DeploymentRecord rolled = record.Join("c", ["b", "c"], Noon.AddHours(2)).Join("d", ["c", "d"], Noon.AddHours(3));

        Assert.Equal(record.Start, rolled.Start);
        Assert.Equal(["c", "d"], rolled.Processes);
    }

    [Fact]
    public void Nobody_joins_while_an_archive_is_imported()
    {
        var fault = Assert.Throws<SchedulerException>(() => DeploymentRecord.Importing("a", Noon, 2).Join("b", ["a", "b"], Noon));

        Assert.Equal(ErrorCodes.StorageLocked, fault.Code);
    }

    [Fact]
    public void Starts_of_an_epoch_have_numbers_and_names_that_no_earlier_one_had()
    {
        DeploymentRecord imported = DeploymentRecord.Importing("a", Noon, 2) with { ImportedBy = null };

        DeploymentRecord first = imported.Join("a", ["a"], Noon);
        DeploymentRecord second = first.Join("b", ["b"], Noon.AddHours(1));

        Assert.Equal(("start-2-1", (1L << 40) + 1), (first.Start.Id, first.Start.Number));
        Assert.Equal(("start-2-2", (1L << 40) + 2), (second.Start.Id, second.Start.Number));
        Assert.Equal("start-1", DeploymentRecord.None.Join("a", ["a"], Noon).Start.Id);
    }

    [Fact]
    public void Of_those_that_fire_only_members_are_kept()
    {
        DeploymentRecord record = DeploymentRecord.None.Join("a", ["a"], Noon).Join("b", ["a", "b"], Noon).Fire("a").Fire("b");

        Assert.Equal(["a", "b"], record.Firing);
        Assert.Same(record, record.Fire("a"));
        Assert.Same(record, record.Fire("nobody"));
        Assert.Equal(["b"], record.Join("c", ["b", "c"], Noon).Firing);
        Assert.Empty(record.Join("c", ["c"], Noon).Firing);
    }

    [Fact]
    public void Joining_again_changes_nothing()
    {
        DeploymentRecord record = DeploymentRecord.None.Join("a", ["a"], Noon);

        Assert.Same(record, record.Join("a", [], Noon.AddHours(1)));
    }
}
