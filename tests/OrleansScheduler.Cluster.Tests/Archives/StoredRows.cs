using System.Text;
using Npgsql;
using Orleans.Storage;
using OrleansScheduler.Cluster.Archives;
using OrleansScheduler.Cluster.Storage;
using OrleansScheduler.Cluster.Tests.Postgres;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Engine;
using OrleansScheduler.Testing;

namespace OrleansScheduler.Cluster.Tests.Archives;

/// <summary>Rows in PostgreSQL, written as actors in silos write them, without silos.</summary>
internal sealed class StoredRows : IAsyncDisposable
{
    public const string Service = "export";

    private static readonly CancellationToken Never = CancellationToken.None;

    private StoredRows(string connection, IGrainStorage storage) =>
        (Connection, Storage, Database) = (connection, storage, NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }));

    public string Connection { get; }

    public IGrainStorage Storage { get; }

    public NpgsqlDataSource Database { get; }

    public FakeTime Time { get; } = new();

    public static async Task<StoredRows> OpenAsync(string connection, string service = Service) =>
        new(connection, await PostgresStorage.OpenAsync(connection, service));

    /// <summary>Another activation of a journal.</summary>
    /// <param name="options">Limits; null for the defaults.</param>
    public RowJournal Journal(string kind, string key, RowOptions? options = null) =>
        new(kind, key, new GrainRows(Storage, kind, key, prefix: ""), new Random(1), options);

    public IStateStorage States(string kind, string key) => new GrainRows(Storage, kind, key, prefix: $"{kind}.state.");

    public Task RemindAsync(string grain, string at, string name = "wake") => PostgresServer.ExecuteAsync(
        Connection, $"INSERT INTO scheduler_reminder VALUES ('{Service}', '{grain}', '{name}', 0, '{at}', 60000, 1)");

    public Task<ClusterArchive> OpenArchiveAsync(bool skipDamaged = false) =>
        ClusterArchive.OpenAsync(Database, Service, Time, Time.GetUtcNow(), skipDamaged, Never);

    public async Task<byte[]> ExportAsync(bool skipDamaged = false)
    {
        using ClusterArchive archive = await OpenArchiveAsync(skipDamaged);
        return await WriteAsync(archive);
    }

    public static async Task<byte[]> WriteAsync(IArchiveSource archive)
    {
        using var stream = new MemoryStream();
        await ArchiveWriter.WriteAsync(archive, stream, _ => { }, Never);
        return stream.ToArray();
    }

    /// <summary>Whether an export could begin: nobody has the lock that each holds in its transaction.</summary>
    public Task<bool> IsFreeAsync() => PostgresServer.AskAsync<bool>(
        Connection, $"SELECT pg_try_advisory_xact_lock(x'4F534358'::int, hashtext('{Service}'))");

    public static ReadOnlyMemory<byte> Framed(string text) => Frame.Seal(1, Bytes(text));

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
