using OrleansScheduler.Actions;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Definitions.Files;

/// <summary>What makes two definitions the same action: space, name, handler, inputs and outputs.</summary>
internal static class ActionBinding
{
    // Neither part can hold a line end: names and addresses have no control characters that are not escaped, and a null parts them.
    private const char Separator = '\0';

    /// <summary>A text that is equal for definitions of the same action alone.</summary>
    public static string Of(SpaceId space, ActionDefinition definition) => string.Join(
        Separator,
        [space.ToString(), definition.Name, definition.Handler, .. definition.Inputs.Select(input => $"<{input}"), .. definition.Outputs.Select(output => $">{output}")]);
}
