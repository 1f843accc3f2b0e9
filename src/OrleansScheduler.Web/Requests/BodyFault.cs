using System.Text.Json;
using OrleansScheduler.Errors;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Requests;

/// <summary>Turns what the serializer says about a body into what a client can act on.</summary>
/// <remarks>
/// The serializer has one exception for all faults and tells them apart by its message only. Its messages name types of this
/// program, which mean nothing to a client, so each is replaced; one that is not known falls back to the name of the field.
/// </remarks>
internal static class BodyFault
{
    private const string MissingMark = "missing required properties including: ";
    private const string UnmappedMark = "could not be mapped to any .NET member";
    private const string NullMark = "doesn't allow null values";
    private const string MismatchMark = "could not be converted to";
    private const string DiscriminatorMark = "unrecognized type discriminator";

    /// <summary>The failure that a fault of the serializer means.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="body">The contract of the whole body.</param>
    /// <param name="options">How it was read.</param>
    public static SchedulerException Translate(JsonException fault, Type body, JsonSerializerOptions options)
    {
        var field = FieldOf(fault.Path);
        if (CauseOf(fault) is { } cause)
        {
            return WithField(cause, field);
        }

        var message = fault.Message;
        if (message.Contains(UnmappedMark, StringComparison.Ordinal))
        {
            return Fault.Invalid(field, $"{field} is no known field here.");
        }

        if (message.Contains(NullMark, StringComparison.Ordinal))
        {
            return Fault.Invalid(field, $"{field} must not be null.");
        }

        if (message.IndexOf(MissingMark, StringComparison.Ordinal) is var at and >= 0)
        {
            return Missing(field, message[(at + MissingMark.Length)..]);
        }

        if (message.Contains(DiscriminatorMark, StringComparison.Ordinal))
        {
            return Fault.Invalid(field, $"{field} is of no known kind: {BodyShape.KindsAt(body, fault.Path, options)}.");
        }

        return message.Contains(MismatchMark, StringComparison.Ordinal)
            ? Fault.Invalid(field, $"{field} has to be {BodyShape.Expected(body, fault.Path, options)}.")
            : Fault.Invalid(field, $"{field} does not fit: {message}");
    }

    /// <summary>The failure of an object that does not say of which kind it is.</summary>
    public static SchedulerException TranslateUndiscriminated(NotSupportedException fault, Type body, JsonSerializerOptions options)
    {
        // The serializer gives the path of this one fault in the text of its message only.
        const string mark = " Path: ";
        var start = fault.Message.LastIndexOf(mark, StringComparison.Ordinal);
        var path = start < 0 ? "$" : fault.Message[(start + mark.Length)..].Split(" | ")[0];
        var field = FieldOf(path);
        return Fault.Invalid(field, $"{field} does not say of which kind it is: {BodyShape.KindsAt(body, path, options)}.");
    }

    // What the message of a missing field lists is quoted and separated by commas: 'name', 'handler'.
    private static SchedulerException Missing(string parent, string names)
    {
        var all = names.Split(['\'', ',', ' ', '.', ';'], StringSplitOptions.RemoveEmptyEntries);
        var first = all.Length > 0 ? all[0] : "?";
        var field = parent == "body" ? first : $"{parent}.{first}";
        return Fault.Invalid(field, all.Length > 1
            ? $"{parent} lacks the fields {string.Join(", ", all)}."
            : $"{parent} lacks the field {first}.");
    }

    private static SchedulerException? CauseOf(Exception fault)
    {
        for (var inner = fault.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is SchedulerException cause)
            {
                return cause;
            }
        }

        return null;
    }

    private static SchedulerException WithField(SchedulerException cause, string field) => cause.With("field", field);

    private static string FieldOf(string? path) => path switch
    {
        null or "" or "$" => "body",
        ['$', '.', .. var rest] => rest,
        ['$', .. var rest] => rest,
        _ => path,
    };
}
