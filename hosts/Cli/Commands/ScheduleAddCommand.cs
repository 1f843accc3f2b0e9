using System.CommandLine;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>schedule add</c>.</summary>
internal static class ScheduleAddCommand
{
    private const int NextShown = 5;

    public static Command Create(CommandRunner runner)
    {
        var name = ScheduleCommand.Name();
        var options = new ScheduleOptions();
        var preview = Options.Switch("--preview", "Show when it would be due, and save nothing");
        var replace = Options.Switch("--replace", "Replace a schedule of that name that has another definition");
        var command = new Command("add", "Add a schedule; repeating it changes nothing") { name, preview, replace };
        options.AddTo(command);
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            var form = await options.ReadAsync(session, parsed, parsed.GetRequiredValue(name), cancellation);
            session.Expression = form.When;
            if (parsed.GetValue(preview))
            {
                var shown = await session.Client.PreviewScheduleAsync(form, NextShown, cancellation);
                session.Show<SchedulePreview>(shown, found => ScheduleView.Show(session.Screen, found, Words.ZoneOf(found.Trigger)));
                return;
            }

            // For people only: an answer that a program did not ask for would be in its way.
            var times = session.Json ? null : (await session.Client.PreviewScheduleAsync(form, NextShown, cancellation)).Read<SchedulePreview>();
            var answer = parsed.GetValue(replace)
                ? await session.Client.ReplaceScheduleAsync(form, session.Who, cancellation)
                : await session.Client.CreateScheduleAsync(form, cancellation);
            session.Show<ScheduleDetail>(answer, detail =>
            {
                session.Screen.Line($"{detail.Schedule.Name} is {Words.Of(detail.State)}{(detail.Reason is { } reason ? $": {reason}" : "")}.");
                ScheduleView.Show(session.Screen, times!, Words.ZoneOf(times!.Trigger));
            });
        }));
        return command;
    }
}
