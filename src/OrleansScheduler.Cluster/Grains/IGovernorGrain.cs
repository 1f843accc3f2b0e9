using OrleansScheduler.Governing;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="IGovernor"/> as a grain, for whoever calls it through an Orleans client. It adds nothing.</summary>
[Alias("scheduler.governor")]
public interface IGovernorGrain : IGovernor, IGrainWithStringKey;
