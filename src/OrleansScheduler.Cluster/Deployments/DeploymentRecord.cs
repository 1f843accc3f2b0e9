using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Clocks;

namespace OrleansScheduler.Cluster.Deployments;

/// <summary>What is stored of the present start of the deployment.</summary>
/// <param name="Number">How many starts there were.</param>
/// <param name="At">When it was.</param>
/// <param name="Processes">Who belongs to it. Those that are gone are forgotten when the next one joins.</param>
internal sealed record DeploymentRecord(long Number, DateTimeOffset At, ImmutableArray<string> Processes)
{
    /// <summary>Before the first start.</summary>
    public static readonly DeploymentRecord None = new(0, default, []);

    public DeploymentStart Start => new(string.Create(CultureInfo.InvariantCulture, $"start-{Number}"), At, Number);

    /// <summary>What a process that starts makes of it; the same record when it belongs to it already.</summary>
    public DeploymentRecord Join(string process, IReadOnlyCollection<string> living, DateTimeOffset now)
    {
        if (Processes.Contains(process))
        {
            return this;
        }

        ImmutableArray<string> present = [.. Processes.Where(living.Contains)];
        return present.IsEmpty ? new DeploymentRecord(Number + 1, now, [process]) : this with { Processes = present.Add(process) };
    }
}
