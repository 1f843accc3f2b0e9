using OrleansScheduler.Errors;
using OrleansScheduler.Silo.Postgres;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Postgres;

[Collection(PostgresGroup.Name)]
public sealed class SchemaTests(PostgresServer server)
{
    private static CancellationToken Never => CancellationToken.None;

    [Fact]
    public async Task Silos_may_apply_it_at_once_and_one_does()
    {
        string connection = await server.NewDatabaseAsync(schema: false);

        int[] before = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => new PostgresSchema(connection).ApplyAsync(Never)));

        Assert.Equal(1, before.Count(version => version == 0));
        Assert.Equal(7, before.Count(version => version == PostgresSchema.Version));
        await new PostgresSchema(connection).CheckAsync(Never);
    }

    [Fact]
    public async Task It_is_applied_whole_or_not_at_all()
    {
        string connection = await server.NewDatabaseAsync(schema: false);
        await PostgresServer.ExecuteAsync(connection, "CREATE TABLE scheduler_reminder (other integer)");

        await Assert.ThrowsAsync<StorageException>(() => new PostgresSchema(connection).ApplyAsync(Never));

        Assert.False(await PostgresServer.AskAsync<bool>(connection, "SELECT to_regclass('scheduler_schema') IS NOT NULL"));
    }

    [Fact]
    public async Task An_older_one_is_refused_and_goes_on_from_where_it_is()
    {
        string connection = await server.NewDatabaseAsync();
        await PostgresServer.ExecuteAsync(connection, "DELETE FROM scheduler_schema WHERE version = 3; DROP TABLE scheduler_reminder");

        await AssertRefusedAsync(connection, "is of version 2, and this program needs 3");
        Assert.Equal(2, await new PostgresSchema(connection).ApplyAsync(Never));
        await new PostgresSchema(connection).CheckAsync(Never);
    }

    [Fact]
    public async Task A_newer_one_is_refused_and_left_alone()
    {
        string connection = await server.NewDatabaseAsync();
        await PostgresServer.ExecuteAsync(connection, "INSERT INTO scheduler_schema (version) VALUES (99)");

        await AssertRefusedAsync(connection, "is of version 99, and this program knows 3 at most");
        StorageException fault = await Assert.ThrowsAsync<StorageException>(() => new PostgresSchema(connection).ApplyAsync(Never));
        Assert.Equal(ErrorCodes.StorageFormat, fault.Code);
    }

    [Fact]
    public async Task A_missing_one_is_refused() =>
        await AssertRefusedAsync(await server.NewDatabaseAsync(schema: false), "The database has no schema. Start once with --apply-schema");

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("CREATE INDEX ON scheduler_row (key, state, number0, number1, service)")]
    [InlineData("CREATE UNIQUE INDEX ON scheduler_row (key, state, number0, number1)")]
    [InlineData("CREATE UNIQUE INDEX ON scheduler_row (key, state, number0, number1, service, version)")]
    [InlineData("CREATE UNIQUE INDEX ON scheduler_row (key, state, number0, number1, service) WHERE number0 = 0")]
    [InlineData("CREATE UNIQUE INDEX ON scheduler_row (lower(key), state, number0, number1, service)")]
    public async Task Without_the_index_that_fences_writers_it_is_refused(string instead)
    {
        string connection = await server.NewDatabaseAsync();
        await PostgresServer.ExecuteAsync(connection, $"DROP INDEX scheduler_row_key; {instead}");

        await AssertRefusedAsync(connection, "no valid unique index over service, state, number0, number1 and key");
    }

    [Fact]
    public async Task Another_name_of_the_index_does_as_well()
    {
        string connection = await server.NewDatabaseAsync();
        await PostgresServer.ExecuteAsync(
            connection, "DROP INDEX scheduler_row_key; CREATE UNIQUE INDEX other ON scheduler_row (service, key, number1, number0, state)");

        await new PostgresSchema(connection).CheckAsync(Never);
    }

    private static async Task AssertRefusedAsync(string connection, string says)
    {
        StorageException fault = await Assert.ThrowsAsync<StorageException>(() => new PostgresSchema(connection).CheckAsync(Never));

        Assert.Equal(ErrorCodes.StorageFormat, fault.Code);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }
}
