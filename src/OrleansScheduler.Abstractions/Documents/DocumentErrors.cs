using System.Globalization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Documents;

/// <summary>The failures of this namespace, each built in one place so that code and details agree.</summary>
internal static class DocumentErrors
{
    public static SchedulerException Malformed(long position, string reason, Exception? inner = null) =>
        new SchedulerException(ErrorCodes.JsonMalformed, $"The text is not JSON: {reason}.", inner: inner)
            .With("position", Text(position));

    public static SchedulerException TooDeep(long position, int depthMax) =>
        new SchedulerException(ErrorCodes.JsonTooDeep, $"The JSON is nested deeper than {depthMax} levels.")
            .With("position", Text(position)).With("limit", Text(depthMax));

    public static SchedulerException TooLarge(long position, string what, int limit) =>
        new SchedulerException(ErrorCodes.JsonTooLarge, $"The JSON is too large: {what} exceeds {limit}.")
            .With("position", Text(position)).With("limit", Text(limit));

    public static SchedulerException DuplicateKey(string key) =>
        new SchedulerException(ErrorCodes.JsonDuplicateKey, $"An object names the key \"{key}\" twice.").With("key", key);

    public static SchedulerException PathInvalid(string what, PathFault fault) =>
        new SchedulerException(ErrorCodes.PathInvalid, $"The {what} does not parse at {fault.Position}: {fault.Reason}.")
            .With("position", Text(fault.Position)).With("reason", fault.Reason);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
