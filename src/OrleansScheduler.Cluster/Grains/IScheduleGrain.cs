using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="ISchedule"/> as a grain, for whoever calls it through an Orleans client. It adds nothing.</summary>
[Alias("scheduler.schedule")]
public interface IScheduleGrain : ISchedule, IGrainWithStringKey;
