using System.Runtime.ExceptionServices;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Cluster.Archives;

/// <summary>Reads rows of one instant for many at a time: what is asked for while a statement is under way goes into the next one together.</summary>
/// <param name="instant">The instant.</param>
/// <param name="cancellation">Ends all reading.</param>
internal sealed class RowReads(RowInstant instant, CancellationToken cancellation) : IDisposable
{
    private const int AtOnce = 64;

    // The server is to look each row up by the index, whatever it thinks of the table: OFFSET keeps it from joining in another way.
    private const string Query = """
        SELECT asked.place, found.version, found.content
        FROM unnest(@keys, @states) WITH ORDINALITY AS asked(key, state, place)
        CROSS JOIN LATERAL
        (
            SELECT version, content FROM scheduler_row
            WHERE key = asked.key AND state = asked.state AND number0 = 0 AND number1 = 0 AND service = @service AND content IS NOT NULL
            OFFSET 0
        ) AS found
        """;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Queue<Asked> _waiting = new();
    private ExceptionDispatchInfo? _fault;

    /// <summary>A row; null when there is none, or an empty one.</summary>
    /// <param name="key">The storage key.</param>
    /// <param name="state">The state name.</param>
    public async Task<StoredState?> ReadAsync(string key, string state)
    {
        var asked = new Asked(key, state);
        lock (_gate)
        {
            _waiting.Enqueue(asked);
        }

        await _turn.WaitAsync(cancellation);
        try
        {
            // Whoever had the turn before may have asked for this one too.
            while (!asked.IsAnswered)
            {
                _fault?.Throw();
                await AnswerAsync();
            }

            return asked.Row;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task AnswerAsync()
    {
        List<Asked> together = [];
        lock (_gate)
        {
            while (together.Count < AtOnce && _waiting.TryDequeue(out Asked? next))
            {
                together.Add(next);
            }
        }

        try
        {
            List<(long Place, StoredState Row)> found = await instant.AskAsync(
                Query,
                row => (row.GetInt64(0), new StoredState(row.GetFieldValue<byte[]>(2), $"{row.GetInt32(1)}")),
                cancellation,
                ("keys", together.Select(one => one.Key).ToArray()),
                ("states", together.Select(one => one.State).ToArray()));
            found.ForEach(one => together[(int)one.Place - 1].Row = one.Row);
            together.ForEach(one => one.IsAnswered = true);
        }
        catch (Exception fault)
        {
            // The transaction is over, for those that still wait as well.
            _fault = ExceptionDispatchInfo.Capture(fault);
            throw;
        }
    }

    private sealed class Asked(string key, string state)
    {
        public string Key => key;

        public string State => state;

        public StoredState? Row { get; set; }

        public bool IsAnswered { get; set; }
    }
}
