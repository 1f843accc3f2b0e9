using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Storage.Background;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Serialization;
using OrleansScheduler.Settling;

namespace OrleansScheduler.Core.Settling.Statistics;

/// <summary>Keeps the statistics of a space, and has them written in the background: no run ever waits for them.</summary>
/// <remarks>Lives in the turns of the settler. Rows are read when the first run is counted, or somebody asks.</remarks>
internal sealed class StatisticsKeeper
{
    private const byte Format = 1;
    private const int UncountedMax = 10_000;
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(30);

    private readonly IActorContext _context;
    private readonly ILogger _logger;
    private readonly BackgroundWriter<int> _writer;
    private readonly BackgroundNews _news;
    private readonly List<FinishedRun> _uncounted = [];
    private readonly Dictionary<int, string?> _tags = [];
    private readonly Dictionary<int, byte[]> _unsure = [];
    private StatisticsTable? _table;
    private Task<StatisticsTable>? _reading;
    private DateTimeOffset _readAgainAt;
    private long _generation;

    public StatisticsKeeper(IActorContext context, BackgroundWatch watch, ILogger logger)
    {
        _context = context;
        _logger = logger;
        _news = new BackgroundNews(context, watch, logger);
        _writer = new BackgroundWriter<int>(context.Time, context.StartTimer, WriteAsync, _news.Failing, _news.Recovered);
    }

    /// <summary>True when nothing is unsaved, and nothing is being read.</summary>
    public bool IsSaved => _writer.IsSaved && (_table is not null || _reading is null);

    /// <summary>Counts a run, now or as soon as the stored rows are read.</summary>
    public void Count(FinishedRun run)
    {
        if (_table is not null)
        {
            CountIn(_table, run);
            return;
        }

        if (_uncounted.Count < UncountedMax)
        {
            _uncounted.Add(run);
            if (_uncounted.Count == UncountedMax)
            {
                SettlerLog.RunsUncounted(_logger, _context.Key, UncountedMax);
            }
        }

        if (_reading is null && _context.Time.GetUtcNow() >= _readAgainAt)
        {
            _ = TryReadAsync();
        }
    }

    /// <summary>A page of what is counted.</summary>
    /// <exception cref="StorageException">The stored rows cannot be read.</exception>
    /// <exception cref="CorruptStateException">A row is damaged.</exception>
    public async Task<StatisticsPage> ListAsync(string? after, int limit)
    {
        StatisticsTable table = _table ?? await (_reading ??= ReadAsync());
        return table.List(after, limit);
    }

    /// <summary>Writes what is unsaved, within a bounded wait.</summary>
    public async Task StopAsync()
    {
        foreach (BackgroundFailure lost in await _writer.StopAsync())
        {
            SettlerLog.StatisticsLost(_logger, _context.Key, lost.Key, lost.Message);
            await _news.LostAsync(lost);
        }
    }

    private static string NameOf(int row) => string.Create(CultureInfo.InvariantCulture, $"statistics-{row}");

    private void CountIn(StatisticsTable table, FinishedRun run)
    {
        if (table.Count(run) is { } row)
        {
            _writer.Request(new BackgroundRequest("a run has ended", "statistics", NameOf(row), ++_generation), row);
        }
    }

    // A failure is told once here; whoever asks for a page meanwhile is told it too.
    private async Task TryReadAsync()
    {
        try
        {
            await (_reading ??= ReadAsync());
        }
        catch (Exception fault)
        {
            SettlerLog.StatisticsUnread(_logger, _context.Key, fault);
        }
    }

    private async Task<StatisticsTable> ReadAsync()
    {
        try
        {
            // The field that holds this task is set before anything of it can end.
            await Task.Yield();
            var table = new StatisticsTable();
            for (int row = 0; await ReadRowAsync(row) is { } entries && table.Read(entries); row++)
            {
            }

            _table = table;
            foreach (FinishedRun run in _uncounted)
            {
                CountIn(table, run);
            }

            _uncounted.Clear();
            return table;
        }
        catch
        {
            (_reading, _readAgainAt) = (null, _context.Time.GetUtcNow() + ReadAgainAfter);
            throw;
        }
    }

    private async Task<ImmutableArray<RunStatistics>?> ReadRowAsync(int row)
    {
        if (await _context.State.ReadAsync(NameOf(row), _context.Stopping) is not { } stored)
        {
            return null;
        }

        string? reason = Frame.Open(stored.Content, Format, out byte format, out ReadOnlyMemory<byte> content);
        if (reason is not null)
        {
            throw content.IsEmpty
                ? new CorruptStateException($"{_context.Kind}/{_context.Key}", NameOf(row), reason)
                : new StorageException(ErrorCodes.StorageFormat, $"{NameOf(row)} of {_context.Key} cannot be read: {reason}.", isTransient: false);
        }

        _tags[row] = stored.ETag;
        return JsonSerializer.Deserialize<ImmutableArray<RunStatistics>>(content.Span, ContractJson.Options);
    }

    private async Task WriteAsync(BackgroundRequest request, int row)
    {
        if (_unsure.TryGetValue(row, out byte[]? tried))
        {
            await LearnAsync(request.Key, row, tried);
        }

        byte[] content = Frame.Seal(Format, JsonSerializer.SerializeToUtf8Bytes(_table!.Row(row), ContractJson.Options));
        _unsure[row] = content;
        _tags[row] = await _context.State.WriteAsync(request.Key, content, _tags.GetValueOrDefault(row), CancellationToken.None);
        _unsure.Remove(row);
        SettlerLog.StatisticsWritten(_logger, request.Key, _context.Key);
    }

    // A write whose end is unknown may have landed. What is neither that nor what was there before is of another activation,
    // which counts on what it wrote: this one has been replaced, and must not write over it.
    private async Task LearnAsync(string name, int row, byte[] tried)
    {
        StoredState? stored = await _context.State.ReadAsync(name, CancellationToken.None);
        if (stored?.ETag != _tags.GetValueOrDefault(row) && stored?.Content.Span.SequenceEqual(tried) != true)
        {
            var replaced = new StorageException(
                ErrorCodes.JournalConflict, $"{name} of {_context.Key} is not as this activation wrote it: another did.", isTransient: false);
            _context.Deactivate(replaced);
            throw replaced;
        }

        _tags[row] = stored?.ETag;
        _unsure.Remove(row);
    }
}
