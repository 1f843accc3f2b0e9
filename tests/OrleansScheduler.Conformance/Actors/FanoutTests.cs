using System.Text;
using OrleansScheduler.Engine;
using Xunit;

namespace OrleansScheduler.Conformance.Actors;

/// <summary>The fan-out: in order, at most once, and a slow or broken listener harms only itself.</summary>
public abstract class FanoutTests : EngineTests
{
    [Fact]
    public async Task Every_listener_of_the_topic_gets_each_event_once_and_in_order()
    {
        await using var engine = await StartEngineAsync();
        await using var first = await ListenAsync(engine, "topic", "first");
        await using var second = await ListenAsync(engine, "topic", "second");
        await using var other = await ListenAsync(engine, "other", "other");

        for (var number = 0; number < 100; number++)
        {
            await PublishAsync(engine.Fanout, "topic", $"{number}");
        }

        await engine.Board.MarkedAsync("first:99");
        await engine.Board.MarkedAsync("second:99");
        var expected = Enumerable.Range(0, 100).Select(number => $"first:{number}");
        Assert.Equal(expected, engine.Board.Marks.Where(mark => mark.StartsWith("first:", StringComparison.Ordinal)));
        Assert.Equal(200, engine.Board.Marks.Length);
    }

    [Fact]
    public async Task An_ended_subscription_gets_nothing_more()
    {
        await using var engine = await StartEngineAsync();
        await using var stays = await ListenAsync(engine, "topic", "stays");
        var leaves = await ListenAsync(engine, "topic", "leaves");

        await leaves.DisposeAsync();
        await PublishAsync(engine.Fanout, "topic", "event");
        await engine.Board.MarkedAsync("stays:event");

        Assert.DoesNotContain("leaves:event", engine.Board.Marks);
    }

    [Fact]
    public async Task A_listener_that_throws_is_removed_and_others_go_on()
    {
        await using var engine = await StartEngineAsync();
        await using var broken = await engine.Fanout.SubscribeAsync(
            "topic",
            _ =>
            {
                engine.Board.Mark("broken");
                throw new InvalidOperationException("The test wants it.");
            },
            CancellationToken.None);
        await using var stays = await ListenAsync(engine, "topic", "stays");

        await PublishAsync(engine.Fanout, "topic", "1");
        await engine.Board.MarkedAsync("broken");
        await PublishAsync(engine.Fanout, "topic", "2");
        await engine.Board.MarkedAsync("stays:2");

        Assert.Equal(1, engine.Board.Count("broken"));
    }

    [Fact]
    public async Task A_listener_that_lags_by_more_than_1000_loses_the_newest()
    {
        await using var engine = await StartEngineAsync();
        await using var slow = await engine.Fanout.SubscribeAsync(
            "topic",
            async payload =>
            {
                engine.Board.Mark("slow");
                engine.Board.Mark($"slow:{Encoding.UTF8.GetString(payload.Span)}");
                await engine.Board.MarkedAsync("go");
            },
            CancellationToken.None);
        await PublishAsync(engine.Fanout, "topic", "0");
        await engine.Board.MarkedAsync("slow:0");
        await using var quick = await engine.Fanout.SubscribeAsync(
            "topic",
            _ =>
            {
                engine.Board.Mark("quick");
                return ValueTask.CompletedTask;
            },
            CancellationToken.None);

        // Each event was offered to the slow one before the quick one has marked all of them.
        for (var number = 1; number <= 1_500; number++)
        {
            await PublishAsync(engine.Fanout, "topic", $"{number}");
            await engine.Board.MarkedAsync("quick", number);
        }

        engine.Board.Mark("go");
        await engine.Board.MarkedAsync("slow", 1_001);
        await PublishAsync(engine.Fanout, "topic", "next");
        await engine.Board.MarkedAsync("slow:next");
        Assert.Equal(1_002, engine.Board.Count("slow"));
        Assert.Contains("slow:1000", engine.Board.Marks);
        Assert.DoesNotContain("slow:1001", engine.Board.Marks);
    }

    [Fact]
    public async Task Publishing_to_nobody_is_fine()
    {
        await using var engine = await StartEngineAsync();

        await PublishAsync(engine.Fanout, "topic", "event");
    }

    [Fact]
    public async Task Topics_and_payloads_out_of_range_are_refused()
    {
        await using var engine = await StartEngineAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => PublishAsync(engine.Fanout, "", "event"));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => PublishAsync(engine.Fanout, new string('t', 201), "event"));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => PublishAsync(engine.Fanout, "topic", new string('p', (256 * 1024) + 1)));
    }

    private static ValueTask<IAsyncDisposable> ListenAsync(EngineUnderTest engine, string topic, string name) =>
        engine.Fanout.SubscribeAsync(
            topic,
            payload =>
            {
                engine.Board.Mark($"{name}:{Encoding.UTF8.GetString(payload.Span)}");
                return ValueTask.CompletedTask;
            },
            CancellationToken.None);

    private static async Task PublishAsync(IEventFanout fanout, string topic, string text) =>
        await fanout.PublishAsync(topic, Encoding.UTF8.GetBytes(text), CancellationToken.None);
}
