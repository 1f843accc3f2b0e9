using System.CommandLine;
using OrleansScheduler.Cli.Arguments;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>runs tail</c>: the last runs that ended, and with <c>--follow</c> each further one.</summary>
internal static class RunsTailCommand
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(2);

    public static Command Create(CommandRunner runner)
    {
        var schedule = new Argument<string?>("SCHEDULE") { Description = "Only its runs", Arity = ArgumentArity.ZeroOrOne };
        var follow = Options.Switch("--follow", "Go on until Ctrl+C");
        follow.Aliases.Add("-f");
        var interval = Options.Length("--interval", "How often to ask the server again, 500ms to 1m [default: 2s]", "500ms", "1m");
        var limit = Options.Number("--limit", "How many to begin with, 0 to 100 [default: 10]", 0, 100);
        var command = new Command("tail", "Print runs as they end: status, duration, error, log") { schedule, follow, interval, limit };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            var tail = new RunTail(session, parsed.GetValue(schedule));
            int first = (int)(parsed.GetValue(limit) ?? 10);
            if (!parsed.GetValue(follow))
            {
                await tail.BeginAsync(first, cancellation);
                return;
            }

            try
            {
                await tail.BeginAsync(first, cancellation);
                await tail.FollowAsync(parsed.GetValue(interval) ?? DefaultInterval, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // The person has seen enough, which is how this is meant to end.
            }
        }));
        return command;
    }
}
