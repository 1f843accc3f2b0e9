using OrleansScheduler.Clocks;

namespace OrleansScheduler.Cluster.Deployments;

/// <summary>The one that knows since when the cluster runs. Key: <see cref="Key"/>.</summary>
[Alias("scheduler.deployment")]
internal interface IDeploymentGrain : IGrainWithStringKey
{
    /// <summary>The key of the one grain.</summary>
    const string Key = "deployment";

    /// <summary>A process starts. While another one that joined lives, it joins the present start; otherwise it opens the next one.</summary>
    /// <param name="joining">Who starts.</param>
    /// <param name="living">The processes that live.</param>
    /// <returns>The start of the deployment, which all living processes have in common, and its epoch.</returns>
    /// <exception cref="Errors.SchedulerException"><c>storage_locked</c> while an archive is imported.</exception>
    [Alias("join")]
    Task<DeploymentMembership> JoinAsync(string joining, string[] living);
}
