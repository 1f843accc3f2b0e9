using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Commands;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Cli.Rendering;

namespace OrleansScheduler.Cli;

/// <summary>The command line as a whole.</summary>
internal static class CliProgram
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">What was typed behind the name of the program.</param>
    /// <param name="console">What surrounds the process.</param>
    /// <param name="time">The clock.</param>
    /// <param name="transport">What carries requests; null for the network.</param>
    /// <param name="cancellation">Asks the command to stop.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, CliConsole console, TimeProvider time, HttpMessageHandler? transport, CancellationToken cancellation)
    {
        var runner = new CommandRunner(console, time, transport);

        // '@file' is a value here, and never stands for arguments in a file.
        var parsed = Compose(runner).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return Refuse(parsed, console);
        }

        var invocation = new InvocationConfiguration
        {
            Output = console.Output,
            Error = console.Errors,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellation);
        }
        catch (IOException fault)
        {
            // Whoever read the help has left, as with "osched --help | head". Commands tell it themselves.
            FaultWriter.Write(console.Errors, new CliException(CliCodes.OutputFailed, fault.Message));
            return ExitCode.Failed;
        }
    }

    private static RootCommand Compose(CommandRunner runner)
    {
        var root = new RootCommand("Talks to an OrleansScheduler server. Answers go to the output, messages to the error stream.")
        {
            ApplyCommand.Create(runner),
            ImportCommand.Create(runner),
            AllowCommand.Create(runner),
            PermissionsCommand.Create(runner),
            ScheduleCommand.Create(runner),
            RunsCommand.Create(runner),
            SpaceCommand.Create(runner),
            GovernorCommand.Create(runner),
            ExportCommand.Create(runner),
            ArchiveCommand.Create(runner),
            NextCommand.Create(runner),
            CompletionCommand.Create(runner),
        };
        runner.Global.AddTo(root);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExitCodes((HelpAction)help.Action!);
        return root;
    }

    private static int Refuse(ParseResult parsed, CliConsole console)
    {
        string message = string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct());
        var path = parsed.CommandResult.Command is RootCommand ? "osched" : $"osched {PathOf(parsed.CommandResult.Command)}";
        FaultWriter.Write(console.Errors, new CliException(CliCodes.Usage, $"{message} See {path} --help."));
        return ExitCode.Usage;
    }

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault(parent => parent is not RootCommand) is { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;
}
