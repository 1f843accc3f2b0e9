using OrleansScheduler.History;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="IHistory"/> as a grain, for whoever calls it through an Orleans client. It adds nothing.</summary>
[Alias("scheduler.history")]
public interface IHistoryGrain : IHistory, IGrainWithStringKey;
