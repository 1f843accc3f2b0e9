using Npgsql;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Postgres;

/// <summary>Hears from the database itself what happens to a row.</summary>
internal sealed class RowNews : IAsyncDisposable
{
    private readonly NpgsqlConnection _database;

    private RowNews(NpgsqlConnection database) => _database = database;

    /// <summary>Listens from now on to what happens to a reminder, whether it is written again or removed.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="grain">Whose, as a pattern.</param>
    public static async Task<RowNews> ListenToReminderAsync(string connection, string grain)
    {
        var database = new NpgsqlConnection(connection);
        await database.OpenAsync();
        await using var command = new NpgsqlCommand($"""
            CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
                IF coalesce(new.grain, old.grain) LIKE '{grain}' THEN
                    PERFORM pg_notify('news', tg_op);
                END IF;
                RETURN NULL;
            END $body$;
            CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON scheduler_reminder FOR EACH ROW EXECUTE FUNCTION tell();
            LISTEN news;
            """, database);
        await command.ExecuteNonQueryAsync();
        return new RowNews(database);
    }

    /// <summary>Waits for the next one.</summary>
    public async Task NextAsync(TimeSpan patience) => Assert.True(await _database.WaitAsync(patience), "Nothing happened to the row.");

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
