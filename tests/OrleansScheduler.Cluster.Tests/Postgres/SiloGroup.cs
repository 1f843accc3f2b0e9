using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Hosting;
using Orleans.Runtime.Placement;
using OrleansScheduler.Cluster.Grains;

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

    /// <summary>Brings spaces up in all silos in turn, and not where their names happen to put them.</summary>
    public async Task SpreadAsync(IEnumerable<string> spaces)
    {
        using IHost client = await ConnectAsync();
        var cluster = client.Services.GetRequiredService<IClusterClient>();
        Dictionary<SiloAddress, SiloStatus> members = await cluster.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
        foreach ((int number, string space) in spaces.Index())
        {
            int port = _ports[2 * (number % Silos.Length)];
            RequestContext.Set(IPlacementDirector.PlacementHintKey, members.Keys.Single(member => member.Endpoint.Port == port));
            await SpaceOf(cluster, space).SummarizeAsync(CancellationToken.None);
        }

        RequestContext.Clear();
        await client.StopAsync();
    }

    /// <summary>How many of these spaces are in one silo.</summary>
    public async Task<int> CountInAsync(int number, IEnumerable<string> spaces)
    {
        using IHost client = await ConnectAsync();
        var cluster = client.Services.GetRequiredService<IClusterClient>();
        int count = 0;
        foreach (string space in spaces)
        {
            SiloAddress? holder = await cluster.GetGrain<IManagementGrain>(0).GetActivationAddress(SpaceOf(cluster, space));
            count += holder?.Endpoint.Port == _ports[2 * number] ? 1 : 0;
        }

        await client.StopAsync();
        return count;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SiloProcess silo in Silos.Where(silo => silo is not null))
        {
            await silo.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static ISpaceGrain SpaceOf(IClusterClient cluster, string space) => cluster.GetGrain<ISpaceGrain>($"default/{space}");

    private async Task<IHost> ConnectAsync()
    {
        IHost client = new HostBuilder().UseOrleansClient(builder => builder
            .UseLocalhostClustering(gatewayPort: _ports[1], serviceId: "scheduler", clusterId: "scheduler")
            .AddOrleansScheduler(TestTime.System)).Build();
        await client.StartAsync();
        return client;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
