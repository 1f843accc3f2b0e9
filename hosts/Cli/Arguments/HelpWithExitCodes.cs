using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using OrleansScheduler.Cli.Outcomes;

namespace OrleansScheduler.Cli.Arguments;

/// <summary>Help that ends with what the exit codes mean.</summary>
/// <param name="help">The help as it is.</param>
internal sealed class HelpWithExitCodes(HelpAction help) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(ExitTable.Help);
        return ExitCode.Good;
    }
}
