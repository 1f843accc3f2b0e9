using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>Runs a program that an administrator allowed, and ends all that it started when the run ends.</summary>
internal sealed class ProcessHandler(ProcessHandlerOptions options, TimeProvider time, RunningHandlers running) : IActionHandler
{
    private const int ShownCharsMax = 500;

    public Task HandleAsync(IRunContext context) => running.RunAsync(stop => HandleAsync(context, stop), context.Cancellation);

    private async Task HandleAsync(IRunContext context, CancellationToken stop)
    {
        ProcessPayload payload = ProcessPayload.Of(context.Payload);
        string directory = payload.WorkingDirectory ?? Environment.CurrentDirectory;
        string program = ProgramPath.Find(payload.Program, ProcessCommand.PathOf(payload), directory)
            ?? throw new SchedulerException(HandlerErrorCodes.ProgramNotFound, $"There is no executable program '{payload.Program}'.")
                .With("program", payload.Program);
        await RequirePermissionAsync(context.Payload!, payload, program, stop);
        UserAccount? account = payload.User is null && !payload.ClearsEnvironment ? null : await UserAccount.FindAsync(payload.User, stop);

        var command = new ProcessCommand(payload, program, account, context.Run, ProcessMark.Create());
        ProcessOutcome outcome;
        await using (ChildProcess child = await ChildProcess.StartAsync(command, options, time, stop))
        {
            outcome = await child.RunAsync(payload.Input, payload.OutputBytesMax, stop);
        }

        Log(context, program, outcome);
        stop.ThrowIfCancellationRequested();
        if (!payload.ExpectedExitCodes.Contains(outcome.ExitCode))
        {
            throw Unexpected(program, outcome);
        }

        if (payload.Write is not null)
        {
            context.Write(payload.Write, outcome.ToDocument());
        }
    }

    private async Task RequirePermissionAsync(JsonValue value, ProcessPayload payload, string program, CancellationToken cancellation)
    {
        string hash = CommandHash.Of(value);
        if (options.Permissions is { } permissions)
        {
            if ((payload.IsPlain && await permissions.IsProgramAllowedAsync(program, cancellation))
                || await permissions.IsCommandAllowedAsync(hash, cancellation))
            {
                return;
            }
        }

        throw new SchedulerException(
            HandlerErrorCodes.CommandNotAllowed,
            payload.IsPlain
                ? $"An administrator has to allow the program {program}, or exactly this command: {hash}."
                : $"An administrator has to allow exactly this command: {hash}.")
            .With("hash", hash).With("program", program);
    }

    private static void Log(IRunContext context, string program, ProcessOutcome outcome)
    {
        if (outcome.Output.Length > 0)
        {
            context.Log(outcome.Output);
        }

        if (outcome.Errors.Length > 0)
        {
            context.Log(outcome.Errors);
        }

        string how = outcome.IsAborted ? "was ended" : string.Create(CultureInfo.InvariantCulture, $"ended with {outcome.ExitCode}");
        string background = outcome.BackgroundEnded.IsEmpty ? "" : $" Left in the background and ended: {string.Join(", ", outcome.BackgroundEnded)}.";
        string left = outcome.Left.IsEmpty ? "" : $" Could not be ended: {string.Join(", ", outcome.Left)}.";
        context.Log($"{program} ({outcome.Pid}) {how}.{background}{left}");
    }

    private static SchedulerException Unexpected(string program, ProcessOutcome outcome)
    {
        string said = outcome.Errors.Length > 0 ? outcome.Errors : outcome.Output;
        string end = said.TrimEnd();
        if (end.Length > ShownCharsMax)
        {
            // Never half of a character.
            end = "…" + (char.IsLowSurrogate(end[^ShownCharsMax]) ? end[^(ShownCharsMax - 1)..] : end[^ShownCharsMax..]);
        }

        return new SchedulerException(
            HandlerErrorCodes.ProcessExitCode, $"{program} ended with {outcome.ExitCode}, which is not expected. {end}".TrimEnd())
            .With("exit_code", outcome.ExitCode.ToString(CultureInfo.InvariantCulture));
    }
}
