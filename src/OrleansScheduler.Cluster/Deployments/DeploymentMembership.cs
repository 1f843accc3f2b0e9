using OrleansScheduler.Clocks;

namespace OrleansScheduler.Cluster.Deployments;

/// <summary>What a process learns that joins.</summary>
/// <param name="Start">The start that it belongs to.</param>
/// <param name="Epoch">The epoch of the deployment.</param>
[GenerateSerializer]
[Alias("scheduler.membership")]
internal sealed record DeploymentMembership([property: Id(0)] DeploymentStart Start, [property: Id(1)] long Epoch);
