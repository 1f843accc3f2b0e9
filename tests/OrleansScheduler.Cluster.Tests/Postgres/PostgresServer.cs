using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OrleansScheduler.Silo.Postgres;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Postgres;

/// <summary>A PostgreSQL server of the tests, started for the first of them and ended with all. Where none is installed, they are left out.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const int MissingExitCode = 3;
    private const int PoolMax = 16;
    private const int IdleSeconds = 3;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "scheduler-postgres-" + Path.GetRandomFileName());
    private readonly Lazy<Task<(string? Connection, string Missing)>> _started;
    private int _databases;

    public PostgresServer() => _started = new Lazy<Task<(string? Connection, string Missing)>>(StartAsync);

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated && (await _started.Value).Connection is not null)
        {
            NpgsqlConnection.ClearAllPools();
            (int exitCode, _, string errors) = await RunAsync("stop", _folder);
            Assert.True(exitCode == 0, errors);
        }
    }

    /// <summary>A new database, as a connection string.</summary>
    /// <param name="schema">Whether it gets our tables.</param>
    public async Task<string> NewDatabaseAsync(bool schema = true)
    {
        (string? server, string missing) = await _started.Value;
        Assert.SkipUnless(server is not null, missing);
        string name = string.Create(CultureInfo.InvariantCulture, $"try{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync(server!, $"CREATE DATABASE {name}");
        // Every database and every silo has a pool of its own; those of tests that have ended must not keep the server's connections.
        string connection = new NpgsqlConnectionStringBuilder(server)
        {
            Database = name,
            MaxPoolSize = PoolMax,
            ConnectionIdleLifetime = IdleSeconds,
            ConnectionPruningInterval = IdleSeconds,
        }.ConnectionString;
        if (schema)
        {
            await new PostgresSchema(connection).ApplyAsync(CancellationToken.None);
        }

        return connection;
    }

    public static async Task ExecuteAsync(string connection, string statement)
    {
        await using var database = new NpgsqlConnection(connection);
        await database.OpenAsync();
        await using var command = new NpgsqlCommand(statement, database);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> AskAsync<T>(string connection, string question)
    {
        await using var database = new NpgsqlConnection(connection);
        await database.OpenAsync();
        await using var command = new NpgsqlCommand(question, database);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private async Task<(string? Connection, string Missing)> StartAsync()
    {
        (int exitCode, string output, string errors) = await RunAsync("start", _folder);
        Assert.True(exitCode is 0 or MissingExitCode, errors);
        return exitCode == 0 ? (output.Trim(), "") : (null, errors.Trim());
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        // The server outlives the script, so it must not inherit what is read to the end here.
        using Process script = Process.Start(new ProcessStartInfo("sh", [ScriptPath(), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = script.StandardError.ReadToEndAsync();
        string output = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        return (script.ExitCode, output, await errors);
    }

    private static string ScriptPath()
    {
        for (DirectoryInfo? folder = new(SourceFolder()); folder is not null; folder = folder.Parent)
        {
            string script = Path.Combine(folder.FullName, "config", "cluster", "postgres.sh");
            if (File.Exists(script))
            {
                return script;
            }
        }

        throw new FileNotFoundException("config/cluster/postgres.sh");
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
