using Npgsql;
using OrleansScheduler.Benchmarks.Commits;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Cluster.Tests.Numbers.Silos;

namespace OrleansScheduler.Cluster.Tests.Numbers.Commits;

/// <summary>The peer: an update and a commit for each payload, every caller with a row and a connection of its own. Nothing of the product.</summary>
internal sealed class RawRows : IDurableWriter
{
    private readonly OwnDatabase _database;
    private readonly string _table;
    private readonly NpgsqlConnection[] _connections;
    private readonly NpgsqlCommand[] _commands;
    private long _updates;

    private RawRows(OwnDatabase database, string table, NpgsqlConnection[] connections)
    {
        (_database, _table, _connections) = (database, table, connections);
        _commands = [.. connections.Select((connection, caller) => new NpgsqlCommand($"UPDATE {table} SET payload = $1 WHERE id = $2", connection)
        {
            Parameters = { new NpgsqlParameter<byte[]>(), new NpgsqlParameter<int> { TypedValue = caller } },
        })];
    }

    public long Flushes => Interlocked.Read(ref _updates);

    public static async Task<RawRows> OpenAsync(OwnDatabase database, string table, int callers)
    {
        await database.Source.CreateCommand(
            $"CREATE TABLE {table} (id integer PRIMARY KEY, payload bytea) WITH (fillfactor = 70); INSERT INTO {table} SELECT generate_series(0, {callers - 1}), ''")
            .ExecuteNonQueryAsync();
        var connections = new NpgsqlConnection[callers];
        for (int caller = 0; caller < callers; caller++)
        {
            connections[caller] = await database.Source.OpenConnectionAsync();
        }

        var rows = new RawRows(database, table, connections);
        foreach (NpgsqlCommand command in rows._commands)
        {
            await command.PrepareAsync();
        }

        return rows;
    }

    public Task WriteAsync(int caller, long number)
    {
        Interlocked.Increment(ref _updates);
        ((NpgsqlParameter<byte[]>)_commands[caller].Parameters[0]).TypedValue = Payload.Utf8(caller, number);
        return _commands[caller].ExecuteNonQueryAsync();
    }

    public void Accept(int caller, long number, Task write) =>
        WrongResultException.Unless(((Task<int>)write).Result == 1, $"raw update {number} of caller {caller} changed nothing");

    public async Task VerifyAsync(long[] numbers)
    {
        await using NpgsqlDataReader rows = await _database.Source.CreateCommand($"SELECT id, payload FROM {_table}").ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            int caller = rows.GetInt32(0);
            WrongResultException.Unless(
                Payload.Read((byte[])rows[1]) == (caller, numbers[caller]), $"raw update {numbers[caller]} of caller {caller} is not there");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (NpgsqlConnection connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }
}
