using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>A store with a bit of everything, and what is true of it.</summary>
internal static class DamageExperiment
{
    public const int Journals = 12;
    private const int Rounds = 8;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Fills a store: short and long rows, snapshots, truncated and removed rows, states, wake-ups, free pages.</summary>
    public static async Task FillAsync(SqliteStore store)
    {
        for (var round = 0; round < Rounds; round++)
        {
            for (var no = 0; no < Journals; no++)
            {
                var journal = store.Journal("space", $"j{no}");
                await journal.AppendAsync(round * 2, Entries(Entry(no, (round * 2) + 1), Entry(no, (round * 2) + 2)), Cancellation);
                if (no % 3 == 0 && round % 4 == 3)
                {
                    await journal.WritePagesAsync((round * 2) - 1, Pages(("a", $"{no}.{round}"), ($"p{round}", new string('p', 3_000))), Cancellation);
                    await journal.TruncateAsync((round * 2) - 1, Cancellation);
                }
            }

            await store.State("row", $"s{round}").WriteAsync("head", Bytes($"{round}:{new string('s', round * 400)}"), null, Cancellation);
            await store.SetWakeupAsync("space", $"j{round}", StoppedClock.Now.AddHours(round), Cancellation);
        }

        await store.ClearWakeupAsync("space", "j0", Cancellation);
    }

    /// <summary>Everything that a client can read, as lines; a line of what is refused ends with the code.</summary>
    public static async Task<SortedDictionary<string, string>> ReadAsync(SqliteStore store)
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["epoch"] = $"{store.Epoch}" };
        for (var no = 0; no < Journals; no++)
        {
            lines[$"journal {no}"] = await LineAsync(async () =>
            {
                var content = await store.Journal("space", $"j{no}").LoadAsync(Cancellation);
                return $"{content.SnapshotPosition} [{string.Join(' ', PageTexts(content))}] {string.Join(' ', Texts(content))}";
            });
        }

        for (var no = 0; no < Rounds; no++)
        {
            lines[$"state {no}"] = await LineAsync(async () =>
                await store.State("row", $"s{no}").ReadAsync("head", Cancellation) is { } state ? Text(state.Content) : "none");
        }

        lines["wakeups"] = await LineAsync(async () =>
            string.Join(' ', (await store.ListWakeupsAsync(null, 100, Cancellation)).Select(one => $"{one.Kind}/{one.Key}@{one.Due:O}")));
        return lines;
    }

    /// <summary>True for an answer that tells the truth by refusing.</summary>
    public static bool IsRefusal(string line) => line.StartsWith("refused", StringComparison.Ordinal);

    private static string Entry(int no, int position) => $"{no}.{position}." + new string((char)('a' + no), (no * 97 % 7) * 60 + (no == 5 ? 4_500 : 0));

    private static async Task<string> LineAsync(Func<Task<string>> read)
    {
        try
        {
            return await read();
        }
        catch (SchedulerException refusal) when (refusal.Code is ErrorCodes.CorruptState or ErrorCodes.StorageFailed)
        {
            return $"refused {refusal.Code}";
        }
    }
}
