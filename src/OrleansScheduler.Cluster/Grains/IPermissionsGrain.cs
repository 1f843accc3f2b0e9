using OrleansScheduler.Permissions;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="IPermissions"/> as a grain, for whoever calls it through an Orleans client. It adds nothing.</summary>
[Alias("scheduler.permissions")]
public interface IPermissionsGrain : IPermissions, IGrainWithStringKey;
