namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="OrleansScheduler.Catalogs.ICatalog"/> as a grain, for whoever calls it through an Orleans client. It adds nothing.</summary>
[Alias("scheduler.catalog")]
public interface ICatalogGrain : OrleansScheduler.Catalogs.ICatalog, IGrainWithStringKey;
