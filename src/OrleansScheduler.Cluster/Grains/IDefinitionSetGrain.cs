using OrleansScheduler.Definitions;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="IDefinitionSet"/> as a grain, for whoever calls it through an Orleans client. It adds nothing.</summary>
[Alias("scheduler.definitions")]
public interface IDefinitionSetGrain : IDefinitionSet, IGrainWithStringKey;
