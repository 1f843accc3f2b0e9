using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansScheduler.Cluster.Grains;
using OrleansScheduler.Cluster.Storage;
using OrleansScheduler.Core.Storage.Background;
using OrleansScheduler.Silo;
using OrleansScheduler.Web.Health;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Product;

/// <summary>What a silo cannot write in the background shows in the health of that silo, and of no other.</summary>
public sealed class BackgroundHealthTests
{
    [Fact]
    public async Task A_failing_write_shows_in_the_health_of_its_silo_until_it_succeeds()
    {
        await using ClusterProduct product = await ClusterProduct.StartClusterAsync(2);
        product.Cluster.Faults.FailNext("settler.state.statistics-0", StorageKeys.Of("owner/space"), lands: false);

        await product.RegisterAsync(product.Sum("sum", "out", "in"));
        await product.CommitAsync(("in", "1"));
        Assert.Equal("1", (await product.PullAsync("out")).Read.Value?.ToString());
        await PassAsync(product, TimeSpan.FromMilliseconds(250));
        await product.Board.MarkedAsync("log:NewsHeard:storage_degraded");

        InProcessSiloHandle holder = Assert.Single(product.Cluster.Cluster.GetActiveSilos(), silo => !SchedulerOf(product, silo).Unwritten.IsEmpty);
        InProcessSiloHandle other = Assert.Single(product.Cluster.Cluster.GetActiveSilos(), silo => silo != holder);
        Assert.Equal(await SiloOfSettlerAsync(product), holder.SiloAddress);
        BackgroundTrouble trouble = Assert.Single(SchedulerOf(product, holder).Unwritten);
        Assert.Equal(
            ("settler/owner/space", "statistics-0", "storage_failed", product.Now.AddMilliseconds(-250), false, 1),
            (trouble.Actor, trouble.Target, trouble.Reason, trouble.UnsavedSince, trouble.HasNewerChanges, trouble.Attempts));
        Assert.Equal(HealthStatus.Degraded, Background(product, holder).Status);
        Assert.Contains("statistics-0 of settler/owner/space", Background(product, holder).Detail, StringComparison.Ordinal);
        Assert.Equal("1", Background(product, holder).Data?["unwritten"]);
        Assert.Equal("storage_failed", Background(product, holder).Data?["unwritten_reason"]);
        Assert.Equal(HealthStatus.Healthy, Background(product, other).Status);

        await PassAsync(product, TimeSpan.FromSeconds(1));
        await product.Board.MarkedAsync("log:NewsHeard:storage_recovered");

        Assert.Equal(HealthStatus.Healthy, Background(product, holder).Status);
        Assert.Equal(1, (await product.Settler.ListStatisticsAsync(null, 1, CancellationToken.None)).Runs);
    }

    private static async Task PassAsync(ClusterProduct product, TimeSpan span)
    {
        await product.ArmedForAsync(product.Now + span);
        await product.AdvanceAsync(span);
    }

    private static async Task<SiloAddress?> SiloOfSettlerAsync(ClusterProduct product)
    {
        IGrainFactory grains = product.Cluster.Client.GetRequiredService<IGrainFactory>();
        return await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grains.GetGrain<ISettlerGrain>("owner/space"));
    }

    private static ClusterScheduler SchedulerOf(ClusterProduct product, InProcessSiloHandle silo) =>
        product.Cluster.Cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<ClusterScheduler>();

    private static HealthComponent Background(ClusterProduct product, InProcessSiloHandle silo)
    {
        var membership = product.Cluster.Cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<IClusterMembershipService>();
        var health = new SiloHealth(SchedulerOf(product, silo), silo.SiloAddress, membership, database: null);
        return health.Report().Components.Single(component => component.Name == "background");
    }
}
