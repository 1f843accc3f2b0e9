using System.Threading.Channels;
using Npgsql;
using OrleansScheduler.Benchmarks.Commits;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Cluster.Tests.Numbers.Silos;

namespace OrleansScheduler.Cluster.Tests.Numbers.Commits;

/// <summary>The peer of one space: whatever waits goes into one insert and one commit, by one connection. Nothing of the product.</summary>
internal sealed class RawGroups : IDurableWriter
{
    private readonly Channel<(byte[] Payload, TaskCompletionSource Done)> _waiting =
        Channel.CreateBounded<(byte[] Payload, TaskCompletionSource Done)>(1_000);

    private readonly OwnDatabase _database;
    private readonly string _table;
    private readonly Task _writing;
    private long _flushes;

    private RawGroups(OwnDatabase database, string table, NpgsqlConnection connection)
    {
        (_database, _table) = (database, table);
        _writing = WriteGroupsAsync(connection);
    }

    /// <summary>Statements, each with as many rows as waited.</summary>
    public long Flushes => Volatile.Read(ref _flushes);

    public static async Task<RawGroups> OpenAsync(OwnDatabase database, string table)
    {
        await database.Source.CreateCommand($"CREATE TABLE {table} (id bigserial PRIMARY KEY, payload bytea NOT NULL)").ExecuteNonQueryAsync();
        return new RawGroups(database, table, await database.Source.OpenConnectionAsync());
    }

    public async Task WriteAsync(int caller, long number)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _waiting.Writer.WriteAsync((Payload.Utf8(caller, number), done));
        await done.Task;
    }

    public void Accept(int caller, long number, Task write)
    {
    }

    public async Task VerifyAsync(long[] numbers)
    {
        long rows = (long)(await _database.Source.CreateCommand($"SELECT count(*) FROM {_table}").ExecuteScalarAsync())!;
        WrongResultException.Unless(rows == numbers.Sum(), $"{rows} of {numbers.Sum()} raw inserts are stored");
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.Complete();
        await _writing;
    }

    private async Task WriteGroupsAsync(NpgsqlConnection connection)
    {
        await using (connection)
        {
            var payloads = new NpgsqlParameter<byte[][]>();
            await using var insert = new NpgsqlCommand($"INSERT INTO {_table} (payload) SELECT unnest($1)", connection) { Parameters = { payloads } };
            List<(byte[] Payload, TaskCompletionSource Done)> group = [];
            while (await _waiting.Reader.WaitToReadAsync())
            {
                group.Clear();
                while (_waiting.Reader.TryRead(out var next))
                {
                    group.Add(next);
                }

                payloads.TypedValue = [.. group.Select(one => one.Payload)];
                await insert.ExecuteNonQueryAsync();
                _flushes++;
                group.ForEach(one => one.Done.SetResult());
            }
        }
    }
}
