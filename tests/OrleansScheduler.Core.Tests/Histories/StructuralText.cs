using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Core.Tests.Histories;

/// <summary>Any record as a text that names all its members, so that two of them can be compared and a difference be read.</summary>
internal static class StructuralText
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case DateTimeOffset instant:
                text.Append(instant.UtcTicks);
                break;
            case JsonValue json:
                text.Append(json.ToString());
                break;
            case Address or ContentHash or string or Enum or IConvertible or TimeSpan:
                text.Append(CultureInfo.InvariantCulture, $"'{value}'");
                break;
            case IEnumerable items:
                AppendItems(text, items);
                break;
            case var id when id.GetType() is { IsValueType: true, Namespace: "OrleansScheduler.Identity" or "OrleansScheduler.Documents" }:
                text.Append(CultureInfo.InvariantCulture, $"'{id}'");
                break;
            default:
                AppendMembers(text, value);
                break;
        }
    }

    private static void AppendItems(StringBuilder text, IEnumerable items)
    {
        text.Append('[');
        foreach (object? item in items)
        {
            Append(text, item);
            text.Append("; ");
        }

        text.Append(']');
    }

    // What a decision worked out in advance is not part of an entry.
    private static void AppendMembers(StringBuilder text, object value)
    {
        Type type = value.GetType();
        text.Append(type.Name).Append('{');
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.Name != "Prepared" && property.GetIndexParameters().Length == 0))
        {
            text.Append(property.Name).Append('=');
            Append(text, property.GetValue(value));
            text.Append(", ");
        }

        foreach (FieldInfo field in type.GetFields())
        {
            text.Append(field.Name).Append('=');
            Append(text, field.GetValue(value));
            text.Append(", ");
        }

        text.Append('}');
    }
}
