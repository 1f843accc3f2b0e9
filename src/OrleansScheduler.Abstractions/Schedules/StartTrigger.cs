namespace OrleansScheduler.Schedules;

/// <summary>Due once at each start of the deployment, like crontab's <c>@reboot</c>. A schedule that is created or resumed waits for the next start.</summary>
public sealed record StartTrigger : Trigger;
