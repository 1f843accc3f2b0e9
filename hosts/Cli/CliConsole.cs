using System.IO.Pipes;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OrleansScheduler.Cli;

/// <summary>What surrounds the process: its streams, its environment and its folder.</summary>
/// <param name="Input">Opens what it is told. Not before it is needed: opening it changes how a terminal sends its keys.</param>
/// <param name="Output">What was asked for, and nothing else.</param>
/// <param name="Errors">Messages.</param>
internal sealed record CliConsole(Func<TextReader> Input, TextWriter Output, TextWriter Errors)
{
    /// <summary>Whether a person reads the output as it comes; default false.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>How many characters fit into a line of the terminal; default 120.</summary>
    public int Width { get; init; } = 120;

    /// <summary>An environment variable; null when it is not set. None is, by default.</summary>
    public Func<string, string?> Environment { get; init; } = _ => null;

    /// <summary>What relative paths are relative to.</summary>
    public string Folder { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>The console of this process.</summary>
    public static CliConsole OfProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new CliConsole(
            () => new StreamReader(Console.OpenStandardInput(), utf8),
            new StreamWriter(OpenOutput(), utf8) { AutoFlush = true },
            new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true })
        {
            IsTerminal = !Console.IsOutputRedirected,
            Width = Console.IsOutputRedirected ? 120 : Math.Max(40, Console.WindowWidth),
            Environment = System.Environment.GetEnvironmentVariable,
        };
    }

    // The console's own stream says nothing when the reader of a pipe has left, and "runs tail --follow | head" would never end.
    private static Stream OpenOutput()
    {
        try
        {
            return OperatingSystem.IsWindows()
                ? Console.OpenStandardOutput()
                : new AnonymousPipeClientStream(PipeDirection.Out, new SafePipeHandle(1, ownsHandle: false));
        }
        catch (IOException)
        {
            // It is a terminal or a file.
            return Console.OpenStandardOutput();
        }
    }
}
