using OrleansScheduler.Spaces;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="ISpace"/> as a grain, for whoever calls it through an Orleans client. It adds nothing.</summary>
[Alias("scheduler.space")]
public interface ISpaceGrain : ISpace, IGrainWithStringKey;
