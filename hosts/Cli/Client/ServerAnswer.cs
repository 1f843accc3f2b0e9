using System.Text;
using System.Text.Json;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Cli.Client;

/// <summary>What the server answered.</summary>
/// <param name="Status">The status of the response.</param>
/// <param name="Utf8">The body; empty for none.</param>
internal sealed record ServerAnswer(int Status, ReadOnlyMemory<byte> Utf8)
{
    /// <summary>The body as it came; an empty object for none, so that programs always find JSON.</summary>
    public string Text => Utf8.IsEmpty ? "{}" : Encoding.UTF8.GetString(Utf8.Span).TrimEnd();

    /// <summary>The body as a contract, strictly; types of this program let pass members that they do not know.</summary>
    /// <exception cref="CliException"><c>answer_unreadable</c>.</exception>
    public T Read<T>()
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Utf8.Span, ContractJson.Options) ?? throw Unreadable("it is null");
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            throw Unreadable(fault.Message);
        }
    }

    private static CliException Unreadable(string reason) => new(
        CliCodes.AnswerUnreadable,
        $"The answer of the server is not understood; it may be of another version, and --json shows it as it is. {reason}");
}
