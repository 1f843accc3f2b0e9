using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using OrleansScheduler.Cluster;
using OrleansScheduler.Cluster.Grains;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;

#pragma warning disable RS0030 // A program names the system's clock and its randomness; nothing else does.
using IHost host = new HostBuilder().UseOrleansClient(client => client
    .UseLocalhostClustering(gatewayPort: int.Parse(args[0]), serviceId: "scheduler", clusterId: "scheduler")
    .AddOrleansScheduler(TimeProvider.System)).Build();
string session = $"client-{Guid.NewGuid()}";
#pragma warning restore RS0030
await host.StartAsync();
var cluster = host.Services.GetRequiredService<IClusterClient>();
var space = cluster.GetGrain<ISpaceGrain>("default/demo");
var change = new CommitRequest(session, 1, [], [new SetOperation(Address.Parse("greeting"), JsonString.Of("hello"))]);
Console.WriteLine($"committed as {(await space.CommitAsync(change, CancellationToken.None)).Sequence}");
var schedule = await cluster.GetGrain<IScheduleGrain>("default/demo").GetAsync(CancellationToken.None);
Console.WriteLine($"{schedule.Description}; next at {schedule.NextInstant:u}");
await host.StopAsync();
