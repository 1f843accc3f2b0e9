using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OrleansScheduler.Web.OpenApi;

/// <summary>What the sources say about contracts and their fields.</summary>
/// <remarks>It is read from the documentation files that the compiler puts beside the assemblies. Where they were not shipped
/// the document has no descriptions, and nothing else is missing.</remarks>
internal static class ContractDocs
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Files = new();

    /// <summary>What a type is; null when nobody says.</summary>
    public static string? Of(Type type) => Text(Find(type, type)?.Element("summary"));

    /// <summary>What a field is; null when nobody says.</summary>
    /// <param name="owner">The record that has the field.</param>
    /// <param name="property">The field.</param>
    public static string? Of(Type owner, JsonPropertyInfo property)
    {
        var name = (property.AttributeProvider as MemberInfo)?.Name;
        return Text(Find(owner, owner)?.Elements("param").FirstOrDefault(element => element.Attribute("name")?.Value == name))
            ?? Text(Find(owner, owner, $".{name}")?.Element("summary"));
    }

    private static XElement? Find(Type type, Type owner, string member = "")
    {
        var prefix = member.Length == 0 ? "T:" : "P:";
        return Files.GetOrAdd(type.Assembly, Read).GetValueOrDefault($"{prefix}{owner.FullName?.Replace('+', '.')}{member}");
    }

    private static Dictionary<string, XElement> Read(Assembly assembly)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        return File.Exists(path)
            ? XDocument.Load(path).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal)
            : [];
    }

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var words = string.Concat(element.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement inner => Inner(inner),
            _ => "",
        }));
        return Regex.Replace(words, "\\s+", " ").Trim() is { Length: > 0 } found ? found : null;
    }

    // A reference names a member of the program, of which only the last part means anything to a client, as the client writes it.
    private static string Inner(XElement element)
    {
        if (element.Attribute("cref")?.Value is not { } reference)
        {
            return element.Attribute("name")?.Value is { } name ? JsonNamingPolicy.SnakeCaseLower.ConvertName(name) : element.Value;
        }

        var last = reference.Split('(')[0].Split('.', ':')[^1];
        return reference.StartsWith("T:", StringComparison.Ordinal) ? last : JsonNamingPolicy.SnakeCaseLower.ConvertName(last);
    }
}
