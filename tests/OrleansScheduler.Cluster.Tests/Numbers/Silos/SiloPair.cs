using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Hosting;
using Orleans.Runtime.Placement;
using OrleansScheduler.Cluster.Grains;
using OrleansScheduler.Silo;

namespace OrleansScheduler.Cluster.Tests.Numbers.Silos;

/// <summary>Two silos in this process, as the host builds them, and one without the scheduler as their peer.</summary>
internal sealed class SiloPair : IAsyncDisposable
{
    private readonly IHost _here;
    private readonly IHost _there;
    private readonly IHost _plain;

    private SiloPair(IHost here, IHost there, IHost plain) => (_here, _there, _plain) = (here, there, plain);

    /// <summary>Grains of the silo without the scheduler.</summary>
    public IGrainFactory Plain => _plain.Services.GetRequiredService<IGrainFactory>();

    private IGrainFactory Grains => _here.Services.GetRequiredService<IGrainFactory>();

    public static async Task<SiloPair> StartAsync(string connection, TimeProvider time)
    {
        int[] ports = FreePorts(6);
        IHost Build(int number) => SiloBuilding.Build(
            SiloArguments.Parse(["--silo-port", $"{ports[number]}", "--gateway-port", $"{ports[number + 1]}"], connection),
            new ClusterSchedulerOptions { Time = time },
            NullLoggerFactory.Instance);

        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans(silo => silo.UseLocalhostClustering(ports[4], ports[5]));
        var silos = new SiloPair(Build(0), Build(2), builder.Build());
        await silos._here.StartAsync();
        await silos._there.StartAsync();
        await silos._plain.StartAsync();
        return silos;
    }

    /// <summary>New spaces, every second one in the silo of the caller and the others in the other one.</summary>
    public async Task<ImmutableArray<ISpaceGrain>> SpacesAsync(string name, int count)
    {
        var spaces = ImmutableArray.CreateBuilder<ISpaceGrain>(count);
        for (int number = 0; number < count; number++)
        {
            ISpaceGrain space = Grains.GetGrain<ISpaceGrain>($"default/{name}-{number}");
            SiloAddress wanted = (number % 2 == 0 ? _here : _there).Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
            RequestContext.Set(IPlacementDirector.PlacementHintKey, wanted);
            await space.SummarizeAsync(CancellationToken.None);
            RequestContext.Clear();
            SiloAddress? found = await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(space);
            spaces.Add(wanted.Equals(found) ? space : throw new InvalidOperationException($"{space.GetPrimaryKeyString()} is in {found}, not in {wanted}."));
        }

        return spaces.MoveToImmutable();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IHost host in (IHost[])[_plain, _there, _here])
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    private static int[] FreePorts(int count)
    {
        List<TcpListener> listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }
}
