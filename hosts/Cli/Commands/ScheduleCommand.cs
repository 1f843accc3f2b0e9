using System.CommandLine;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>schedule</c>: what runs when.</summary>
internal static class ScheduleCommand
{
    public static Command Create(CommandRunner runner) => new("schedule", "Schedules: what runs when")
    {
        ScheduleListCommand.Create(runner),
        ScheduleShowCommand.Create(runner),
        ScheduleAddCommand.Create(runner),
        ScheduleRunCommand.Create(runner),
        SchedulePauseCommand.Create(runner),
        ScheduleResumeCommand.Create(runner),
        ScheduleRemoveCommand.Create(runner),
    };

    /// <summary>The name of a schedule, as the commands that concern one take it.</summary>
    public static Argument<string> Name() => new("NAME") { Description = "The name of the schedule" };
}
