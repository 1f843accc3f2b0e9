using System.Globalization;
using Npgsql;
using OrleansScheduler.Silo.Postgres;

namespace OrleansScheduler.Cluster.Tests.Numbers.Silos;

/// <summary>A database with our tables on a server that is there; dropped at the end.</summary>
internal sealed class OwnDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _server;
    private readonly string _name;

    private OwnDatabase(NpgsqlDataSource server, string name, string connection)
    {
        (_server, _name, Connection) = (server, name, connection);

        // The peer gets the settings of the silos, and no statement has to be prepared by hand.
        Source = NpgsqlDataSource.Create(PostgresConnections.Tuned(connection));
    }

    /// <summary>How silos connect, without settings of their own.</summary>
    public string Connection { get; }

    /// <summary>Connections with the settings that silos use.</summary>
    public NpgsqlDataSource Source { get; }

    public static async Task<OwnDatabase> CreateAsync(string server)
    {
        NpgsqlDataSource source = NpgsqlDataSource.Create(server);
        string name = "scheduler_numbers_" + Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal);
        await source.CreateCommand($"CREATE DATABASE {name}").ExecuteNonQueryAsync();
        var database = new OwnDatabase(source, name, new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 100 }.ConnectionString);
        await new PostgresSchema(database.Connection).ApplyAsync(CancellationToken.None);
        return database;
    }

    /// <summary>What decides how long a commit takes.</summary>
    public async Task<string> DescribeAsync() => await AskAsync<string>(
        "SELECT 'PostgreSQL ' || current_setting('server_version') || ', fsync ' || current_setting('fsync') || ', synchronous_commit ' || current_setting('synchronous_commit')");

    /// <summary>Bytes that the server has written to its log so far, for all of its databases.</summary>
    public async Task<double> LogBytesAsync() => (double)await AskAsync<decimal>("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn");

    /// <summary>Rows of spaces that were written so far.</summary>
    public long RowWrites() => (long)Source.CreateCommand("SELECT coalesce(sum(version), 0)::bigint FROM scheduler_row WHERE state LIKE 'space.%'").ExecuteScalar()!;

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await _server.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"DROP DATABASE {_name} WITH (FORCE)")).ExecuteNonQueryAsync();
        await _server.DisposeAsync();
    }

    private async Task<T> AskAsync<T>(string question) => (T)(await Source.CreateCommand(question).ExecuteScalarAsync())!;
}
