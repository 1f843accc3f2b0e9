using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Core.Tests.Spaces;

public sealed class SessionTableTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly SessionTable _table = new();

    [Fact]
    public void A_session_is_forgotten_within_the_hour_after_seven_days_of_silence()
    {
        Record("silent", 1, Start);
        var early = Record("other", 1, Start + SessionTable.KeptFor);

        var forgotten = Record("other", 2, Start + SessionTable.KeptFor + TimeSpan.FromHours(1));

        Assert.Empty(early);
        Assert.Equal(["silent"], forgotten);
        Assert.False(_table.TryGet("silent", out _));
    }

    [Fact]
    public void A_session_that_goes_on_is_not_forgotten()
    {
        Record("busy", 1, Start);
        Record("busy", 2, Start + TimeSpan.FromDays(6));
        Record("other", 1, Start + TimeSpan.FromDays(8));

        Record("other", 2, Start + TimeSpan.FromDays(12));

        Assert.True(_table.TryGet("busy", out WriterSession? busy));
        Assert.Equal(2, busy.Count);
    }

    [Fact]
    public void A_commit_forgets_at_most_two_sessions()
    {
        for (int number = 0; number < 5; number++)
        {
            Record($"silent {number}", 1, Start);
        }

        int[] counts =
        [
            .. Enumerable.Range(1, 4).Select(number => Record("other", number, Start + TimeSpan.FromDays(8)).Count),
        ];

        Assert.Equal([2, 2, 1, 0], counts);
    }

    [Fact]
    public void What_is_forgotten_does_not_depend_on_the_order_in_which_sessions_were_restored()
    {
        var restored = new SessionTable();
        foreach ((string name, int days) in new[] { ("young", 6), ("old", 0), ("middle", 1), ("next", 2) })
        {
            Record(name, 1, Start + TimeSpan.FromDays(days));
        }

        foreach (string name in new[] { "young", "next", "middle", "old" })
        {
            restored.Restore(name, _table.All[name]);
        }

        var at = Start + TimeSpan.FromDays(9);
        var original = Record("other", 1, at).Order();
        var again = restored.Record("other", Receipt(1), at).Order();

        Assert.Equal(["middle", "old"], original);
        Assert.Equal(["middle", "old"], again);
    }

    [Fact]
    public void Receipts_below_the_floor_are_gone()
    {
        for (int number = 1; number <= SessionTable.ReceiptsMax + 10; number++)
        {
            Record("session", number, Start);
        }

        Assert.True(_table.TryGet("session", out WriterSession? session));

        Assert.Equal((11, SessionTable.ReceiptsMax), (session.Floor, session.Count));
        Assert.False(session.TryGet(10, out _));
        Assert.True(session.TryGet(11, out _));
    }

    [Fact]
    public void Receipts_are_in_the_order_of_their_numbers_whatever_order_they_come_in()
    {
        var random = new Random(7);
        for (int seed = 0; seed < 500; seed++)
        {
            var session = new WriterSession();
            SortedDictionary<long, SessionReceipt> expected = [];
            for (int step = 0; step < 200; step++)
            {
                long number = random.Next(3) == 0 ? random.Next(1, 300) : expected.Keys.LastOrDefault() + 1;
                SessionReceipt receipt = Receipt(number) with { Sequence = step };
                session.Record(receipt, DateTimeOffset.UnixEpoch);
                expected[number] = receipt;
                if (expected.Count > SessionTable.ReceiptsMax)
                {
                    expected.Remove(expected.Keys.First());
                }

                Assert.Equal(expected.ContainsKey(number), session.TryGet(number, out _));
            }

            Assert.Equal(expected.Values, session.Receipts);
            Assert.All(expected, pair => Assert.True(session.TryGet(pair.Key, out SessionReceipt found) && found == pair.Value));
            Assert.False(session.TryGet(1_000, out _));
        }
    }

    private static SessionReceipt Receipt(long number) => new(number, default(ContentHash), number, 0, true);

    private IReadOnlyList<string> Record(string session, long number, DateTimeOffset at) => _table.Record(session, Receipt(number), at);
}
