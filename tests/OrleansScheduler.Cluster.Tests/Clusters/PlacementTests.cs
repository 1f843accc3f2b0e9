using Microsoft.Extensions.DependencyInjection;
using OrleansScheduler.Cluster.Grains;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Documents;
using OrleansScheduler.Engine;
using OrleansScheduler.Settling;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Clusters;

public sealed class PlacementTests
{
    private const int Spaces = 16;

    [Fact]
    public async Task A_settler_lives_beside_its_space_whoever_of_the_two_is_called_first()
    {
        await using var cluster = new TestCluster(new ProbeBoard(), 2, time => new ClusterSchedulerOptions { Time = time }, _ => { });
        await cluster.StartAsync();
        IActorDirectory directory = cluster.Client.GetRequiredService<IActorDirectory>();
        IGrainFactory grains = cluster.Client.GetRequiredService<IGrainFactory>();
        IManagementGrain management = grains.GetGrain<IManagementGrain>(0);
        HashSet<SiloAddress> used = [];
        for (int number = 0; number < Spaces; number++)
        {
            string key = $"owner/space{number}";
            if (number % 2 == 0)
            {
                await directory.Get<ISpace>(key).SummarizeAsync(CancellationToken.None);
            }

            await directory.Get<ISettler>(key).PullAsync(new ReadTarget(Address.Parse("in"), ReadDepth.Deep), TimeSpan.Zero, CancellationToken.None);
            SiloAddress? space = await management.GetActivationAddress(grains.GetGrain<ISpaceGrain>(key));
            SiloAddress? settler = await management.GetActivationAddress(grains.GetGrain<ISettlerGrain>(key));

            Assert.NotNull(space);
            Assert.Equal(space, settler);
            used.Add(space);
        }

        Assert.Equal(2, used.Count);
    }
}
