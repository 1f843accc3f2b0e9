using OrleansScheduler.Documents;

namespace OrleansScheduler.Samples.Tests;

/// <summary>The documents of a space, in a dictionary.</summary>
internal sealed class MemorySpace
{
    public SortedDictionary<string, JsonValue> Documents { get; } = new(StringComparer.Ordinal);

    public JsonValue? Read(Address address) =>
        Documents.GetValueOrDefault(address.Document!.Value.ToString())?.At(address.Path);

    /// <summary>Sets a value; missing objects on the way are created, as a real space does.</summary>
    public void Write(Address address, JsonValue value)
    {
        var id = address.Document!.Value.ToString();
        Documents[id] = Put(Documents.GetValueOrDefault(id), address.Path.Steps.AsSpan(), value);
    }

    private static JsonValue Put(JsonValue? parent, ReadOnlySpan<PathStep> steps, JsonValue value)
    {
        if (steps.IsEmpty)
        {
            return value;
        }

        var members = (JsonObject?)parent ?? JsonObject.Empty;
        return members.With(steps[0].Key, Put(members[steps[0].Key], steps[1..], value));
    }
}
