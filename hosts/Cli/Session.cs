using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Rendering;

namespace OrleansScheduler.Cli;

/// <summary>What a command has while it runs.</summary>
/// <param name="console">What surrounds the process.</param>
/// <param name="time">The clock.</param>
/// <param name="connect">Makes the way to the server, for a command that needs it.</param>
internal sealed class Session(CliConsole console, TimeProvider time, Func<SchedulerClient> connect)
{
    /// <summary>What surrounds the process.</summary>
    public CliConsole Console => console;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>The server.</summary>
    public SchedulerClient Client => field ??= connect();

    /// <summary>Where people read.</summary>
    public required Screen Screen { get; init; }

    /// <summary>Whether the answers of the server are wanted as they are.</summary>
    public required bool Json { get; init; }

    /// <summary>Whose name is recorded with changes.</summary>
    public required string Who { get; init; }

    /// <summary>The text of the person in which a position of a failure counts; null for none.</summary>
    public string? Expression { get; set; }

    /// <summary>Shows an answer as it is, or to people.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="render">Shows what it means.</param>
    public void Show<T>(ServerAnswer answer, Action<T> render)
        where T : class
    {
        if (Json)
        {
            Print(answer.Text);
        }
        else
        {
            render(answer.Read<T>());
        }
    }

    /// <summary>Says that something is done when the answer itself says nothing.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="sentence">What is done.</param>
    public void Confirm(ServerAnswer answer, string sentence)
    {
        if (Json)
        {
            Print(answer.Text);
        }
        else
        {
            Screen.Line(sentence);
        }
    }

    /// <summary>One JSON text, for programs.</summary>
    public void Print(string json) => console.Output.WriteLine(json);

    /// <summary>A message for people, beside the output.</summary>
    public void Tell(string message) => console.Errors.WriteLine(PlainText.Line(message));
}
