using System.Globalization;
using Npgsql;

namespace OrleansScheduler.Cluster.Tests.Postgres;

/// <summary>The silos of one cluster, each with its ports and its folder, which it gets again when it starts again.</summary>
internal sealed class SiloGroup : IAsyncDisposable
{
    /// <summary>What no silo may ever write.</summary>
    public const string Password = "geheim-7f31";

    private readonly string _connection;
    private readonly int[] _ports;
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-").FullName;

    public SiloGroup(string connection, int silos)
    {
        // The server trusts everybody on loopback, so that any password does.
        _connection = new NpgsqlConnectionStringBuilder(connection) { Password = Password }.ConnectionString;
        _ports = SiloProcess.FreePorts(2 * silos);
        Silos = new SiloProcess[silos];
    }

    public SiloProcess[] Silos { get; }

    public IEnumerable<SiloProcess> Living => Silos.Where(silo => !silo.HasExited);

    /// <summary>Writes a file that silos can be given.</summary>
    public string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Starts all silos at once.</summary>
    public Task StartAsync(params string[] arguments) => Task.WhenAll(Enumerable.Range(0, Silos.Length).Select(number => StartAsync(number, arguments)));

    public async Task StartAsync(int number, params string[] arguments) => Silos[number] = await SiloProcess.StartAsync(
        _connection,
        [
            "--silo-port", Text(_ports[2 * number]), "--gateway-port", Text(_ports[(2 * number) + 1]), "--data", Path.Combine(_folder, Text(number)),
            "--probe-period", "1s", "--probe-misses", "2", .. arguments,
        ]);

    public async ValueTask DisposeAsync()
    {
        foreach (SiloProcess silo in Silos.Where(silo => silo is not null))
        {
            await silo.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
