using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Npgsql;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Silo.Postgres;

/// <summary>The tables of a cluster in PostgreSQL: their version, and how they come to be.</summary>
/// <param name="connection">The database.</param>
internal sealed class PostgresSchema(string connection)
{
    private const string Prefix = "schema/";

    // Any number does that nothing else in the database locks; this one spells OSCH.
    private const long ApplyLock = 0x4F534348;

    private const string VersionQuery = "SELECT coalesce(max(version), 0) FROM scheduler_schema";

    // Whole, valid, and over exactly these columns: otherwise two silos could create one row.
    private const string FenceQuery = """
        SELECT EXISTS
        (
            SELECT FROM pg_index AS fence
            WHERE fence.indrelid = to_regclass('scheduler_row') AND fence.indisunique AND fence.indisvalid AND fence.indimmediate
                AND fence.indpred IS NULL AND fence.indexprs IS NULL AND fence.indnkeyatts = 5 AND fence.indnatts = 5
                AND
                (
                    SELECT array_agg(attname::text ORDER BY attname::text) FROM pg_attribute
                    WHERE attrelid = fence.indrelid AND attnum = ANY (fence.indkey)
                ) = ARRAY['key', 'number0', 'number1', 'service', 'state']
        )
        """;

    /// <summary>The steps, each with the version that it leads to.</summary>
    private static readonly ImmutableSortedDictionary<int, string> Steps = ReadSteps();

    /// <summary>The version that this program knows.</summary>
    public static int Version => Steps.Keys.Last();

    /// <summary>Brings the schema to <see cref="Version"/>, whole or not at all. Of several that do so at once one does it.</summary>
    /// <returns>The version that it had; 0 for an empty database.</returns>
    /// <exception cref="StorageException">The schema is newer, or the database refused.</exception>
    public Task<int> ApplyAsync(CancellationToken cancellation) => WithDatabaseAsync(async database =>
    {
        await using NpgsqlTransaction transaction = await database.BeginTransactionAsync(cancellation);
        await ExecuteAsync(database, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({ApplyLock})"), cancellation);
        int before = await ReadVersionAsync(database, cancellation);
        RefuseNewer(before);
        foreach ((int version, string step) in Steps)
        {
            if (version > before)
            {
                await ExecuteAsync(database, step, cancellation);
            }
        }

        await transaction.CommitAsync(cancellation);
        return before;
    }, cancellation);

    /// <summary>Makes sure that the schema is the one that this program knows, and that it keeps two silos from creating one row.</summary>
    /// <exception cref="StorageException"><c>storage_format</c>: it is missing, older, newer or incomplete.</exception>
    public Task CheckAsync(CancellationToken cancellation) => WithDatabaseAsync(async database =>
    {
        int version = await ReadVersionAsync(database, cancellation);
        RefuseNewer(version);
        if (version == 0)
        {
            throw Refusal("The database has no schema. Start once with --apply-schema, or apply config/cluster/postgresql by hand.");
        }

        if (version < Version)
        {
            throw Refusal($"The schema of the database is of version {version}, and this program needs {Version}. Start once with --apply-schema.");
        }

        return await AskAsync<bool>(database, FenceQuery, cancellation)
            ? version
            : throw Refusal("The table scheduler_row has no valid unique index over service, state, number0, number1 and key. "
                + "Without it two silos could write one row; see config/cluster/postgresql/001-grain-storage.sql.");
    }, cancellation);

    private static void RefuseNewer(int version)
    {
        if (version > Version)
        {
            throw Refusal($"The schema of the database is of version {version}, and this program knows {Version} at most. Use a newer program.");
        }
    }

    private static StorageException Refusal(string message) => new(ErrorCodes.StorageFormat, message);

    private static async Task<int> ReadVersionAsync(NpgsqlConnection database, CancellationToken cancellation) =>
        await AskAsync<bool>(database, "SELECT to_regclass('scheduler_schema') IS NOT NULL", cancellation)
            ? await AskAsync<int>(database, VersionQuery, cancellation)
            : 0;

    private static async Task<T> AskAsync<T>(NpgsqlConnection database, string question, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(question, database);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection database, string statement, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, database);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static ImmutableSortedDictionary<int, string> ReadSteps()
    {
        Assembly assembly = typeof(PostgresSchema).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToImmutableSortedDictionary(VersionOf, name => TextOf(assembly, name));
    }

    // The names begin with their version: 001-grain-storage.sql.
    private static int VersionOf(string name) => int.Parse(name[Prefix.Length..name.IndexOf('-', StringComparison.Ordinal)], CultureInfo.InvariantCulture);

    private static string TextOf(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    // Faults of the client name the server and never the password.
    private async Task<T> WithDatabaseAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var database = new NpgsqlConnection(connection);
            await database.OpenAsync(cancellation);
            return await work(database);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            throw new StorageException(ErrorCodes.StorageFailed, $"The database refused: {fault.Message}", inner: fault);
        }
    }
}
