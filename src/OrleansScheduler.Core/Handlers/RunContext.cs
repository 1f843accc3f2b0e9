using System.Collections.Immutable;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Handlers;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Handlers;

/// <summary>One run as its handler sees it: reads of one instant, writes kept until the end.</summary>
/// <remarks>
/// The one class with a lock: a handler that was abandoned may still be calling when the run has been closed from outside.
/// </remarks>
internal sealed class RunContext : IRunContext
{
    private const int WritesMax = 10_000;
    private const int ReadsMax = 100_000;

    private readonly Lock _gate = new();
    private readonly ISpace? _space;
    private readonly Dictionary<ReadKey, DocumentRead> _known;
    private readonly Dictionary<ReadKey, ConfirmedRead> _reads = [];
    private readonly List<ConfirmedRead> _order = [];
    private readonly List<Operation> _operations = [];
    private long? _sequence;
    private int _turns;
    private bool _closed;
    private bool _completesSchedule;
    private RunLog? _log;

    public RunContext(
        string run, JsonValue? payload, DateTimeOffset instant, ISpace? space, long? sequence, ImmutableArray<DocumentRead> prefetched, CancellationToken cancellation)
    {
        Run = run;
        Payload = payload;
        Instant = instant;
        Cancellation = cancellation;
        _space = space;
        _sequence = sequence;
        _known = new Dictionary<ReadKey, DocumentRead>(prefetched.Length);
        foreach (DocumentRead read in prefetched)
        {
            _known[new ReadKey(read.Address, read.Depth)] = read;
        }
    }

    public string Run { get; }

    public JsonValue? Payload { get; }

    public DateTimeOffset Instant { get; }

    public CancellationToken Cancellation { get; }

    /// <inheritdoc/>
    public async ValueTask<JsonValue?> ReadAsync(Address address) => (await GetAsync(new ReadKey(address, ReadDepth.Deep))).Value;

    /// <inheritdoc/>
    public async ValueTask<JsonShape?> ReadShapeAsync(Address address) => (await GetAsync(new ReadKey(address, ReadDepth.Shallow))).Shape;

    /// <inheritdoc/>
    public void Write(Address address, JsonValue value)
    {
        // Here it is the handler's mistake and fails its run; later it would be the space's.
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(value);
        Add(new SetOperation(address, value));
    }

    /// <inheritdoc/>
    public void Remove(Address address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Add(new RemoveOperation(address));
    }

    /// <inheritdoc/>
    public void CountTurn()
    {
        lock (_gate)
        {
            ThrowIfClosed();
            _turns++;
        }
    }

    /// <inheritdoc/>
    public void Log(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        lock (_gate)
        {
            ThrowIfClosed();
            (_log ??= new RunLog()).Add(text);
        }
    }

    /// <inheritdoc/>
    public void CompleteSchedule()
    {
        lock (_gate)
        {
            ThrowIfClosed();
            _completesSchedule = true;
        }
    }

    /// <summary>Ends the run for its handler and takes what it did so far.</summary>
    public RunFootprint Close()
    {
        lock (_gate)
        {
            _closed = true;
            return new RunFootprint([.. _order], [.. _operations], _turns, _completesSchedule, _log?.ToString());
        }
    }

    private async ValueTask<DocumentRead> GetAsync(ReadKey key)
    {
        ArgumentNullException.ThrowIfNull(key.Address);
        lock (_gate)
        {
            ThrowIfClosed();
            if (_known.TryGetValue(key, out DocumentRead? known))
            {
                Note(key, known);
                return known;
            }
        }

        ISpace space = _space ?? throw new SchedulerException(
            ErrorCodes.RequestInvalid, $"The run {Run} has no space to read from.").With("field", "target.space");
        SpaceRead answer = await space.ReadAsync([new ReadTarget(key.Address, key.Depth)], _sequence, Cancellation);
        lock (_gate)
        {
            ThrowIfClosed();
            _sequence ??= answer.Sequence;
            DocumentRead read = answer.Reads[0];
            _known[key] = read;
            Note(key, read);
            return read;
        }
    }

    private void Note(ReadKey key, DocumentRead read)
    {
        ConfirmedRead confirmed = read.Confirm();
        if (_reads.TryAdd(key, confirmed))
        {
            _order.Add(confirmed);
            if (_order.Count > ReadsMax)
            {
                throw new SchedulerException(ErrorCodes.CommitTooLarge, $"The run {Run} reads more than {ReadsMax} addresses.");
            }
        }
    }

    private void Add(Operation operation)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            if (_operations.Count >= WritesMax)
            {
                throw new SchedulerException(ErrorCodes.CommitTooLarge, $"The run {Run} writes more than {WritesMax} times.");
            }

            _operations.Add(operation);
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new OperationCanceledException($"The run {Run} is over.", Cancellation);
        }
    }
}
