using OrleansScheduler.Clocks;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="IClock"/> as a grain, for whoever calls it through an Orleans client. It adds nothing.</summary>
[Alias("scheduler.clock")]
public interface IClockGrain : IClock, IGrainWithStringKey;
