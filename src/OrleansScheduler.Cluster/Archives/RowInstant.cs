using System.Data;
using System.Data.Common;
using System.Globalization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cluster.Archives;

/// <summary>The rows of one cluster in PostgreSQL as they were at one instant: a transaction that reads, while everybody writes.</summary>
/// <remarks>
/// Its instant is that of its first statement. It waits for nobody and nobody for it, but as long as it lasts the server keeps what it
/// would otherwise clear up. So the server ends it too when this process no longer does. Statements come one after another.
/// </remarks>
internal sealed class RowInstant : IDisposable
{
    // Any number does that nothing else in the database locks; this one spells OSCX.
    private const int ExportLock = 0x4F534358;
    private const int StatementSeconds = 600;

    private readonly DbConnection _connection;
    private readonly string _service;
    private DbTransaction? _transaction;

    private RowInstant(DbConnection connection, string service) => (_connection, _service) = (connection, service);

    /// <summary>Settles the instant. Of all processes one has it at a time.</summary>
    /// <param name="database">The database, which has our tables.</param>
    /// <param name="service">Whose rows.</param>
    /// <param name="lifeMax">How long the server leaves it idle.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OverloadedException">Another process has one.</exception>
    /// <exception cref="StorageException"><c>storage_failed</c>.</exception>
    public static async Task<RowInstant> OpenAsync(DbDataSource database, string service, TimeSpan lifeMax, CancellationToken cancellation)
    {
        RowInstant? instant = null;
        try
        {
            instant = new RowInstant(await TranslateAsync(() => database.OpenConnectionAsync(cancellation).AsTask()), service);
            await instant.BeginAsync(lifeMax, cancellation);
            return instant;
        }
        catch
        {
            instant?.Dispose();
            throw;
        }
    }

    /// <summary>Asks the database. The parameter <c>service</c> is there already.</summary>
    /// <param name="query">What to ask.</param>
    /// <param name="read">Reads a row of the answer.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="parameters">What the query names.</param>
    public Task<List<T>> AskAsync<T>(
        string query, Func<DbDataReader, T> read, CancellationToken cancellation, params (string Name, object Value)[] parameters) => TranslateAsync(async () =>
    {
        await using DbCommand command = Command(query);
        foreach ((string name, object value) in parameters.Prepend(("service", _service)))
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        var answer = new List<T>();
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            answer.Add(read(rows));
        }

        return answer;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _transaction?.Dispose();
        _connection.Dispose();
    }

    private async Task BeginAsync(TimeSpan lifeMax, CancellationToken cancellation)
    {
        _transaction = await TranslateAsync(() => _connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation).AsTask());
        await ExecuteAsync("SET TRANSACTION READ ONLY", cancellation);
        await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"SET LOCAL statement_timeout = '{StatementSeconds}s'"), cancellation);
        await ExecuteAsync(
            string.Create(CultureInfo.InvariantCulture, $"SET LOCAL idle_in_transaction_session_timeout = '{(long)lifeMax.TotalMilliseconds}ms'"), cancellation);
        List<bool> alone = await AskAsync(
            "SELECT pg_try_advisory_xact_lock(@lock, hashtext(@service))", row => row.GetBoolean(0), cancellation, ("lock", ExportLock));
        if (!alone[0])
        {
            throw new OverloadedException("Another export of the cluster is under way, in this silo or another one.");
        }
    }

    private Task<int> ExecuteAsync(string statement, CancellationToken cancellation) => TranslateAsync(async () =>
    {
        await using DbCommand command = Command(statement);
        return await command.ExecuteNonQueryAsync(cancellation);
    });

    private DbCommand Command(string text)
    {
        DbCommand command = _connection.CreateCommand();
        (command.CommandText, command.Transaction, command.CommandTimeout) = (text, _transaction, StatementSeconds);
        return command;
    }

    // Faults of the client name the server and never the password.
    private static async Task<T> TranslateAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (fault is DbException or TimeoutException)
        {
            throw new StorageException(ErrorCodes.StorageFailed, $"The database refused: {fault.Message}", inner: fault);
        }
    }
}
