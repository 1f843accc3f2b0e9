using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>Every run says why it happened, from what is stored.</summary>
public abstract class ExplainTests : ProductTests
{
    [Fact]
    public async Task A_run_is_explained_by_address_commit_and_both_values()
    {
        await using var product = await StartAsync();
        var before = await product.CommitAsync(("in", """{"a": 1, "b": 1}"""));
        await product.RegisterAsync(product.Report("report", "out"), product.Sum("sum", "out", "in/a", "in/b"));
        await product.SettleAsync();
        var after = await product.CommitAndSettleAsync(("in/a", "7"));

        var explanation = await product.Space.ExplainAsync("sum", null, CancellationToken.None);

        var cause = Assert.IsType<ReadCause>(explanation.Run!.Causes.Single());
        Assert.Equal(("in/a", ReadDepth.Deep, after.Sequence), (cause.Address.ToString(), cause.Depth, cause.Commit));
        Assert.Equal(new SeenValue(before.Sequence, ((JsonValue)1).Hash), cause.From);
        Assert.Equal(new SeenValue(after.Sequence, ((JsonValue)7).Hash), cause.To);
        var commit = explanation.Commits.Single();
        Assert.Equal((after.Sequence, "session test", 2, 0), (commit.Sequence, commit.By, commit.Number, commit.Depth));
        Assert.Equal(["in/a"], commit.Addresses.Select(address => address.ToString()));
        Assert.Equal((2, 2, ActionState.Clean, true), (explanation.Run.Run, explanation.Run.Sequence == after.Sequence ? 2 : 0, explanation.State, explanation.Live));
    }

    [Fact]
    public async Task The_sentences_name_what_the_causes_name()
    {
        await using var product = await StartAsync();
        var before = await product.CommitAsync(("in", "1"));
        await product.RegisterAsync(product.Report("report", "out"), product.Sum("sum", "out", "in"));
        await product.SettleAsync();
        var after = await product.CommitAndSettleAsync(("in", "7"));

        var explanation = await product.Space.ExplainAsync("sum", null, CancellationToken.None);

        string sentence = explanation.Sentences.Single(text => text.StartsWith("It ran because"));
        string[] parts =
        [
            "'in'", $"commit {after.Sequence}", "session test, number 2", $"sequence {before.Sequence}", $"sequence {after.Sequence}",
            $"{((JsonValue)1).Hash}", $"{((JsonValue)7).Hash}",
        ];
        Assert.All(parts, part => Assert.Contains(part, sentence));
        Assert.Contains("It is clean: everything that it read is what it was.", explanation.Sentences);
    }

    [Fact]
    public async Task A_run_caused_by_another_action_names_that_actions_run()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", "1"));
        var registered = await product.RegisterAsync(product.Sum("sum", "out", "in"), product.Report("report", "out"));
        await product.SettleAsync();
        await product.CommitAndSettleAsync(("in", "7"));

        var explanation = await product.Space.ExplainAsync("report", null, CancellationToken.None);

        var commit = explanation.Commits.Single();
        Assert.Equal(($"action {registered[0].Action}", 2, 1), (commit.By, commit.Number, commit.Depth));
    }

    [Fact]
    public async Task What_is_to_run_is_explained_by_what_is_there_now()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", "1"));
        await product.RegisterAsync(product.Sum("sum", "out", "in"));
        await product.PullAsync("out");
        await product.CommitAsync(("in", "2"));
        var last = await product.CommitAsync(("in", "3"));

        var explanation = await product.Space.ExplainAsync("sum", null, CancellationToken.None);

        var cause = Assert.IsType<ReadCause>(explanation.Pending.Single());
        Assert.Equal((last.Sequence, ((JsonValue)1).Hash, ((JsonValue)3).Hash), (cause.Commit, cause.From!.Hash, cause.To!.Hash));
        Assert.Equal((ActionState.Dirty, false), (explanation.State, explanation.Live));
        Assert.Contains("It does not run until something live reads what it writes, or somebody pulls it.", explanation.Sentences);
    }

    [Fact]
    public async Task First_manual_and_repeated_runs_are_told_apart()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(product.Report("report", "out"));
        await product.SettleAsync();
        await product.Space.MarkAsync("report", "Ada", CancellationToken.None);
        await product.SettleAsync();

        var first = await product.Space.ExplainAsync("report", 1, CancellationToken.None);
        var second = await product.Space.ExplainAsync("report", 2, CancellationToken.None);

        Assert.IsType<FirstCause>(first.Run!.Causes.Single());
        Assert.Contains("It ran because it had not run before.", first.Sentences);
        Assert.Contains("It ran because Ada asked for it.", second.Sentences);
    }

    [Fact]
    public async Task An_explanation_survives_a_crash()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", "1"));
        await product.RegisterAsync(product.Report("report", "out"), product.Sum("sum", "out", "in"));
        await product.SettleAsync();
        await product.CommitAndSettleAsync(("in", "7"));
        var before = await product.Space.ExplainAsync("sum", null, CancellationToken.None);

        await product.CrashAsync(TimeSpan.FromHours(1));
        var after = await product.Space.ExplainAsync("sum", null, CancellationToken.None);

        Assert.Equal(before.Sentences, after.Sentences);
        Assert.Equal(before.Run!.Causes, after.Run!.Causes);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_explained()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(product.Report("report", "out"));
        await product.SettleAsync();

        var action = await Assert.ThrowsAsync<SchedulerException>(() => product.Space.ExplainAsync("nobody", null, CancellationToken.None));
        var run = await Assert.ThrowsAsync<SchedulerException>(() => product.Space.ExplainAsync("report", 2, CancellationToken.None));

        Assert.Equal((ErrorCodes.NotFound, ErrorCodes.NotFound), (action.Code, run.Code));
    }

    [Fact]
    public async Task The_graph_shows_who_reads_what_whom_writes()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(product.Report("report", "b"), product.Sum("second", "b", "a"), product.Sum("first", "a", "in"));
        await product.SettleAsync();

        var graph = await product.Space.GraphAsync(CancellationToken.None);

        Assert.Equal(["first>second", "second>report"], graph.Edges.Select(edge => $"{edge.Writer.Name}>{edge.Reader.Name}"));
        Assert.All(graph.Nodes, node => Assert.Equal(ActionState.Clean, node.State));
    }
}
