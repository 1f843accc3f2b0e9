using System.Globalization;
using Microsoft.Data.Sqlite;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Embedded.Storage;
using Quartz;

namespace OrleansScheduler.Benchmarks.Firing;

/// <summary>The peer: Quartz on SQLite over Microsoft.Data.Sqlite, with tables that it creates itself.</summary>
/// <remarks>
/// The same SQLite library, WAL and a flush per commit as ours. It may take as many triggers at once as it has threads. It
/// counts as finished when the last job has run, although the rows of some are removed a little later.
/// </remarks>
internal sealed class QuartzFiring(TimeProvider time) : IFiringSide
{
    private const int Cap = 1_000;

    public async Task<double> FireAsync(string folder, int count)
    {
        SqliteLibrary.Load();
        var board = new FiringBoard(count);
        var connection = $"Data Source={Path.Combine(folder, "quartz.db")}";
        await ExecuteAsync(connection, "PRAGMA journal_mode = WAL");
        var scheduler = await QuartzSchedulerBuilder
            .Create(quartz => quartz
                .ConfigureScheduler(options => options.MaxBatchSize = Cap)
                .UseDefaultThreadPool(Cap)
                .UsePersistentStore(store =>
                {
                    store.UseSqlite(SqliteFactory.Instance, connection);
                    store.ProvisionSchema();
                }))
            .BuildScheduler();
        scheduler.Context["board"] = board;
        await scheduler.Start();

        var started = time.GetTimestamp();
        await board.ForAllAsync(async job =>
        {
            var name = job.ToString(CultureInfo.InvariantCulture);
            await scheduler.ScheduleJob(
                JobBuilder.Create<CountJob>().WithIdentity(name).Build(),
                TriggerBuilder.Create().WithIdentity(name).StartNow().Build());
        });
        await board.Ended;
        var took = time.GetElapsedTime(started).TotalSeconds;

        await scheduler.Shutdown(waitForJobsToComplete: true);
        board.Verify();
        var left = await ExecuteAsync(connection, "SELECT count(*) FROM QRTZ_TRIGGERS");
        WrongResultException.Unless(left == 0, $"{left} triggers of Quartz are left");
        SqliteConnection.ClearAllPools();
        return took;
    }

    private static async Task<long> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync() is long number ? number : 0;
    }
}
