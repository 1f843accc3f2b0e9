namespace OrleansScheduler.Handlers;

/// <summary>What a user writes: the code of an action, or of a schedule's target. It is registered under a name.</summary>
/// <remarks>An instance serves one run. It runs outside of all actors and may block, but is abandoned past its time limit.</remarks>
public interface IActionHandler
{
    /// <summary>Does the work of one run. What it wrote is committed as one change when the task completes, and not at all when it fails.</summary>
    Task HandleAsync(IRunContext context);
}
