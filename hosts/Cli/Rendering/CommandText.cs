using OrleansScheduler.Documents;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Rendering;

/// <summary>The command in the payload of a schedule, for people. What is allowed is always the whole payload.</summary>
internal static class CommandText
{
    /// <summary>What the shell is given, or the program with its arguments; the payload when it holds neither.</summary>
    public static string Of(HandlerTarget target)
    {
        if (target.Payload is not JsonObject payload)
        {
            return target.Payload?.ToString() ?? "";
        }

        if (payload["command"] is JsonString command)
        {
            return command.Text;
        }

        return payload["program"] is JsonString program
            ? string.Join(' ', [program.Text, .. payload["arguments"] is JsonArray arguments ? arguments.Items.Select(Word) : []])
            : payload.ToString();
    }

    private static string Word(JsonValue argument) => argument is JsonString text && text.Text.Length > 0 && !text.Text.Any(char.IsWhiteSpace)
        ? text.Text
        : argument.ToString();
}
