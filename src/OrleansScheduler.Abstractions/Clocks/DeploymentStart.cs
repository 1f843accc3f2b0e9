namespace OrleansScheduler.Clocks;

/// <summary>One start of the deployment.</summary>
/// <param name="Id">Tells it from all others, 1 to 100 characters.</param>
/// <param name="At">When it was.</param>
/// <param name="Number">Grows with every start: nothing heeds a start after one with a greater number.</param>
public sealed record DeploymentStart(string Id, DateTimeOffset At, long Number = 0);
