using System.Globalization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Web.Problems;

/// <summary>The failures that requests cause, each built in one place so that code and details agree.</summary>
internal static class Fault
{
    /// <summary>A field, query value or header that does not fit.</summary>
    public static SchedulerException Invalid(string field, string message) =>
        new SchedulerException(ErrorCodes.RequestInvalid, message).With("field", field);

    /// <summary>A number or length outside of its range.</summary>
    public static SchedulerException OutOfRange(string field, string min, string max) =>
        Invalid(field, $"{field} goes from {min} to {max}.").With("min", min).With("max", max);

    /// <summary>A body longer than the limit, whether it said so beforehand or not.</summary>
    public static SchedulerException BodyTooLarge(int bytesMax) =>
        new SchedulerException(
            ErrorCodes.JsonTooLarge, string.Create(CultureInfo.InvariantCulture, $"The body is longer than {bytesMax} bytes."))
        .With("limit", bytesMax.ToString(CultureInfo.InvariantCulture));

    /// <summary>A body of a type that is not read here.</summary>
    public static SchedulerException ContentType(string expected, string? found) =>
        new SchedulerException(
            ApiErrorCodes.ContentTypeUnsupported,
            $"The body has to say that it is {expected} in UTF-8, and says {(found is null ? "nothing" : $"'{found}'")}.")
        .With("expected", expected).With("found", found ?? "");
}
