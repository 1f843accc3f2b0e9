using OrleansScheduler.Settling;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="ISettler"/> as a grain, for whoever calls it through an Orleans client. It adds nothing.</summary>
[Alias("scheduler.settler")]
public interface ISettlerGrain : ISettler, IGrainWithStringKey;
