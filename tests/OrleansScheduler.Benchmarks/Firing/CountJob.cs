using System.Globalization;
using Quartz;

namespace OrleansScheduler.Benchmarks.Firing;

/// <summary>The job of Quartz: it notes that it ran.</summary>
public sealed class CountJob : IJob
{
    /// <inheritdoc/>
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var board = (FiringBoard)context.Scheduler.Context["board"]!;
        board.Run(int.Parse(context.JobDetail.Key.Name, CultureInfo.InvariantCulture));
        board.End();
        return default;
    }
}
