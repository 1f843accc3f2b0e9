using OrleansScheduler.Documents;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>Names one exact command.</summary>
public static class CommandHash
{
    /// <summary>The hash of the whole payload: program or shell, arguments, environment, input, user and all else.</summary>
    /// <param name="payload">The payload of the process handler.</param>
    /// <returns>32 lower-case hexadecimal digits; the same for payloads that are equal as JSON values.</returns>
    public static string Of(JsonValue payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return payload.Hash.ToString();
    }
}
