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

    /// <summary>A process tells every 5 s whether it fires.</summary>
    /// <param name="process">A process that has joined.</param>
    /// <param name="isFiring">False while it is on hold. Once it fires it does so to its end.</param>
    /// <returns>The processes that fire. Some may be gone.</returns>
    [Alias("report")]
    Task<string[]> ReportAsync(string process, bool isFiring);
}
