using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;
using PatchOperation = OrleansScheduler.Spaces.PatchOperation;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>The documents of a space, folded from operations in the plainest way. A value is a scalar, a list, or a dictionary.</summary>
internal sealed class DocumentAccount
{
    private static readonly ImmutableSortedDictionary<string, object> NoMembers = ImmutableSortedDictionary.Create<string, object>(StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<string, object> _documents;

    private DocumentAccount(ImmutableSortedDictionary<string, object> documents) => _documents = documents;

    public static DocumentAccount Empty { get; } = new(NoMembers);

    public IEnumerable<string> Names => _documents.Keys;

    /// <summary>What follows from operations; the same object when every value is what it was.</summary>
    public DocumentAccount After(ImmutableArray<Operation> operations)
    {
        ImmutableSortedDictionary<string, object> documents = _documents;
        SortedSet<string> touched = new(StringComparer.Ordinal);
        foreach (Operation operation in operations)
        {
            switch (operation)
            {
                case SetOperation set:
                    touched.Add($"{set.Address.Document}");
                    documents = (ImmutableSortedDictionary<string, object>)Put(documents, set.Address.FromRoot.Steps, 0, Of(set.Value));
                    break;
                case RemoveOperation remove:
                    touched.Add($"{remove.Address.Document}");
                    documents = (ImmutableSortedDictionary<string, object>)Take(documents, remove.Address.FromRoot.Steps, 0)!;
                    break;
                case PatchOperation patch:
                    touched.Add($"{patch.Document}");
                    documents = documents.SetItem($"{patch.Document}", Patched(documents.GetValueOrDefault($"{patch.Document}"), (JsonArray)patch.Patch));
                    break;
            }
        }

        return touched.All(name => TextOf(_documents.GetValueOrDefault(name)) == TextOf(documents.GetValueOrDefault(name))) ? this : new DocumentAccount(documents);
    }

    /// <summary>The text of what is at an address, with keys in ordinal order; null when it is absent.</summary>
    public string? TextAt(Address address) => TextOf(At(address));

    /// <summary>The text of the shape at an address; null when it is absent.</summary>
    public string? ShapeAt(Address address) => At(address) switch
    {
        ImmutableSortedDictionary<string, object> members => $"keys {string.Join(' ', members.Keys)}",
        ImmutableList<object> items => $"length {items.Count}",
        var scalar => TextOf(scalar),
    };

    public static string? TextOf(JsonValue? value) => TextOf(value is null ? null : Of(value));

    public static string? TextOf(JsonShape? shape) => shape switch
    {
        null => null,
        { Kind: JsonKind.Object } => $"keys {string.Join(' ', shape.Keys)}",
        { Kind: JsonKind.Array } => $"length {shape.Length}",
        _ => TextOf(shape.Scalar),
    };

    private object? At(Address address)
    {
        object? value = _documents;
        foreach (PathStep step in address.FromRoot.Steps)
        {
            value = value switch
            {
                ImmutableSortedDictionary<string, object> members when step.IsKey => members.GetValueOrDefault(step.Key),
                ImmutableList<object> items when !step.IsKey && step.Index < items.Count => items[step.Index],
                _ => null,
            };
        }

        return value;
    }

    private static object Put(object? current, ImmutableArray<PathStep> steps, int depth, object value)
    {
        if (depth == steps.Length)
        {
            return value;
        }

        PathStep step = steps[depth];
        if (step.IsKey)
        {
            var members = (ImmutableSortedDictionary<string, object>)(current ?? NoMembers);
            return members.SetItem(step.Key, Put(members.GetValueOrDefault(step.Key), steps, depth + 1, value));
        }

        var items = (ImmutableList<object>)current!;
        return step.Index == items.Count
            ? items.Add(Put(null, steps, depth + 1, value))
            : items.SetItem(step.Index, Put(items[step.Index], steps, depth + 1, value));
    }

    private static object? Take(object? current, ImmutableArray<PathStep> steps, int depth)
    {
        if (depth == steps.Length)
        {
            return null;
        }

        PathStep step = steps[depth];
        switch (current)
        {
            case ImmutableSortedDictionary<string, object> members when step.IsKey && members.TryGetValue(step.Key, out object? member):
                return Take(member, steps, depth + 1) is { } rest ? members.SetItem(step.Key, rest) : members.Remove(step.Key);
            case ImmutableList<object> items when !step.IsKey && step.Index < items.Count:
                return Take(items[step.Index], steps, depth + 1) is { } left ? items.SetItem(step.Index, left) : items.RemoveAt(step.Index);
            default:
                return current;
        }
    }

    // The few operations that the clients make of a document that is a list.
    private static object Patched(object? document, JsonArray patch)
    {
        object value = document ?? ImmutableList<object>.Empty;
        foreach (JsonValue operation in patch.Items)
        {
            string path = operation.Child(PathStep.OfKey("path"))!.AsText();
            JsonValue? given = operation.Child(PathStep.OfKey("value"));
            var items = value as ImmutableList<object>;
            int index = path.Length == 0 || path == "/-" ? items?.Count ?? 0 : int.Parse(path.AsSpan(1), CultureInfo.InvariantCulture);
            value = operation.Child(PathStep.OfKey("op"))!.AsText() switch
            {
                "add" when path.Length == 0 => Of(given!),
                "add" => items!.Insert(index, Of(given!)),
                "replace" => items!.SetItem(index, Of(given!)),
                "remove" => items!.RemoveAt(index),
                "move" => Moved(items!, int.Parse(operation.Child(PathStep.OfKey("from"))!.AsText().AsSpan(1), CultureInfo.InvariantCulture), index),
                _ => value,
            };
        }

        return value;
    }

    private static ImmutableList<object> Moved(ImmutableList<object> items, int from, int to) => items.RemoveAt(from).Insert(to, items[from]);

    private static object Of(JsonValue value) => value switch
    {
        JsonObject members => members.Aggregate(NoMembers, (all, member) => all.Add(member.Key, Of(member.Value))),
        JsonArray items => items.Items.Select(Of).ToImmutableList(),
        _ => value,
    };

    private static string? TextOf(object? value)
    {
        if (value is null or JsonValue)
        {
            return value?.ToString();
        }

        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    private static void Write(object value, StringBuilder text)
    {
        switch (value)
        {
            case ImmutableSortedDictionary<string, object> members:
                text.Append('{');
                foreach ((string key, object member) in members)
                {
                    text.Append(key).Append(':');
                    Write(member, text);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case ImmutableList<object> items:
                text.Append('[');
                foreach (object item in items)
                {
                    Write(item, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(value);
                break;
        }
    }
}
