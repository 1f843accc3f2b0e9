namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>A job as its line says it.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Text">The whole line.</param>
/// <param name="Expression">Five fields; null for <c>@reboot</c>.</param>
/// <param name="Macro">The macro as it stands there; null when there is none.</param>
/// <param name="User">The user of the system format.</param>
/// <param name="Command">The rest of the line.</param>
internal sealed record CrontabJob(int Line, string Text, string? Expression, string? Macro, string? User, CrontabCommand Command)
{
    /// <summary>What stands for its times in the name of the schedule.</summary>
    public string Times => Expression ?? "@reboot";
}
