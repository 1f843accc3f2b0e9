using Npgsql;

namespace OrleansScheduler.Silo.Postgres;

/// <summary>Asks the database every few seconds whether it answers, so that health knows without waiting.</summary>
internal sealed class DatabaseWatch : IAsyncDisposable
{
    private const int PatienceSeconds = 5;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly NpgsqlDataSource _source;
    private readonly Task _watching;
    private volatile string? _fault;

    /// <param name="connection">The database.</param>
    /// <param name="time">The clock.</param>
    public DatabaseWatch(string connection, TimeProvider time)
    {
        // One connection of its own: those of the silo may all be waiting.
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection)
        {
            MinPoolSize = 0, MaxPoolSize = 1, Timeout = PatienceSeconds, CommandTimeout = PatienceSeconds,
        });
        _watching = WatchAsync(time);
    }

    /// <summary>Why the database did not answer last time; null when it did.</summary>
    public string? Fault => _fault;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        await _source.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task WatchAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                _fault = await AskAsync();
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // The watch ends with its host.
        }
    }

    private async Task<string?> AskAsync()
    {
        try
        {
            await using NpgsqlCommand question = _source.CreateCommand("SELECT 1");
            await question.ExecuteScalarAsync(_stopping.Token);
            return null;
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            return fault.Message;
        }
    }
}
