using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>After any history the documents equal a computation from scratch, and no run was needless (I1, I2, I3).</summary>
public abstract class GraphOracleTests : ProductTests
{
    [Fact]
    public Task Random_histories_come_to_what_a_computation_from_scratch_gives() => Seeded.RoundsAsync(4, async random =>
    {
        await using var product = await StartAsync();
        var history = new GraphHistory(product, random);
        await history.BeginAsync();

        for (int rest = 0; rest < 25; rest++)
        {
            for (int steps = random.Next(6); steps >= 0; steps--)
            {
                await history.StepAsync();
            }

            await history.CheckAtRestAsync();
        }
    });

    private sealed class GraphHistory(ProductUnderTest product, Random random)
    {
        private const int Reports = 2;

        private readonly GraphModel _model = new(random);
        private readonly Dictionary<ActionId, long> _checked = [];

        public async Task BeginAsync()
        {
            await product.RegisterAsync([
                .. Enumerable.Range(0, GraphModel.Sums).Select(number => _model.NewSum(product, number)),
                .. Enumerable.Range(0, Reports).Select(number => _model.NewReport(product, number)),
                product.Sum("dead", "dead", "in/0", "out/0")]);
        }

        public async Task StepAsync()
        {
            switch (random.Next(20))
            {
                case < 10:
                    await product.CommitAsync(_model.NewValues());
                    break;
                case < 13:
                    await product.RegisterAsync(_model.NewSum(product, random.Next(GraphModel.Sums)));
                    break;
                case 13:
                    await product.RegisterAsync(_model.NewReport(product, random.Next(Reports)));
                    break;
                case 14 when _model.Registered is { IsEmpty: false } sums:
                    string name = $"sum {sums[random.Next(sums.Length)]}";
                    var action = (await product.ActionAsync(name)).Summary.Action;
                    await product.Space.UnregisterAsync(action, CancellationToken.None);
                    _model.Forget(name);
                    break;
                case 15 or 16 when _model.Registered is { IsEmpty: false } sums:
                    await product.Space.MarkAsync($"sum {sums[random.Next(sums.Length)]}", "somebody", CancellationToken.None);
                    break;
                case 17:
                    await product.Space.MarkAsync("dead", "somebody", CancellationToken.None);
                    break;
                case 18:
                    await product.CrashAsync(TimeSpan.FromSeconds(random.Next(5)));
                    break;
                default:
                    await PullAsync(random.Next(GraphModel.Sums));
                    break;
            }
        }

        public async Task CheckAtRestAsync()
        {
            await product.SettleAsync();
            var outputs = await OutputsAsync();
            var page = await product.Space.ListActionsAsync(null, 1_000, CancellationToken.None);
            var live = Enumerable.Range(0, Reports).SelectMany(number => _model.Upstream($"report {number}")).Distinct().Order();
            Assert.Equal(live.Select(number => $"sum {number}"), page.Actions.Where(action => action.Live && action.Kind == ActionKind.Computation).Select(action => action.Name));
            foreach (int number in live)
            {
                Assert.Equal(($"sum {number}", _model.Expected(number, outputs)), ($"sum {number}", outputs[$"{number}"]?.AsInt64()));
            }

            for (int number = 0; number < Reports; number++)
            {
                // A call that a crash cut off may have left its mark late; so it is looked up by the number of its run.
                string name = $"report {number}";
                Assert.Contains($"{name} in run {await product.RunsAsync(name)}: {_model.ExpectedSight(name, outputs)}", product.Board.Marks);
            }

            foreach (var action in page.Actions)
            {
                Assert.True(!action.Live || action.State == ActionState.Clean, $"{action.Name} is live and {action.State}.");
                await CheckRunsAsync(action);
            }

            Assert.Equal(0, await product.RunsAsync("dead"));
        }

        // Every run had a cause that forced it, or a value that it had read before was another one when it ran. And whoever is
        // live has seen what is there.
        private async Task CheckRunsAsync(ActionSummary action)
        {
            var detail = await product.ActionAsync(action.Action.ToString());
            if (action.Live)
            {
                var seen = detail.Observation!.Reads;
                var present = await product.Space.ReadAsync([.. seen.Select(read => new ReadTarget(read.Address, read.Depth))], null, CancellationToken.None);
                Assert.Equal(seen.Select(read => read.Hash), present.Reads.Select(read => read.Hash));
            }

            long known = _checked.GetValueOrDefault(action.Action);
            foreach (ActionRun run in detail.Runs.Where(run => run.Run > known))
            {
                bool forced = run.Causes.Any(cause => cause is not ReadCause);
                bool changed = run.Causes.OfType<ReadCause>().Any(cause => cause.From?.Hash != cause.To?.Hash);
                Assert.True(forced || changed, $"Run {run.Run} of {action.Name} was needless.");
            }

            _checked[action.Action] = detail.Summary.Runs;
        }

        private async Task PullAsync(int number)
        {
            var pull = product.PullAsync($"out/{number}");
            await product.PassPausesAsync(pull);
            var answer = await pull;

            Assert.True(answer.Settled);
            Assert.Equal(_model.Expected(number, await OutputsAsync()), answer.Read.Value?.AsInt64() ?? 0);
        }

        private async Task<JsonObject> OutputsAsync()
        {
            var read = await product.Space.ReadAsync([new ReadTarget(Address.Parse("out"), ReadDepth.Deep)], null, CancellationToken.None);
            return read.Reads[0].Value as JsonObject ?? JsonObject.Empty;
        }
    }
}
