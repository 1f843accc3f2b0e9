using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OrleansScheduler.Definitions.Yaml;
using OrleansScheduler.Errors;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Definitions.Reading;

/// <summary>Reads the fields of one mapping. A field without a value counts as absent; every fault is noted where it is.</summary>
internal sealed class Fields
{
    private readonly FileMapping _mapping;
    private readonly FaultList _faults;

    private Fields(FileMapping mapping, string path, FaultList faults)
    {
        _mapping = mapping;
        _faults = faults;
        Path = path;
    }

    /// <summary>The path of the mapping.</summary>
    public string Path { get; }

    public FileMapping Mapping => _mapping;

    /// <summary>Whether another fault would be dropped, so that nobody has to think of a good message.</summary>
    public bool IsFull => _faults.Count == FaultList.FaultsMax;

    /// <summary>The fields of a node; null, and a fault, when it is no mapping.</summary>
    /// <param name="node">The node.</param>
    /// <param name="path">Its path.</param>
    /// <param name="known">The fields that it may have; others are faults. An empty list takes any key as a name.</param>
    /// <param name="faults">Takes the faults.</param>
    public static Fields? Of(FileNode node, string path, ImmutableArray<string> known, FaultList faults)
    {
        if (node is not FileMapping mapping)
        {
            string expected = known.IsEmpty ? "a mapping of names" : $"a mapping with {Suggestion.List(known)}";
            faults.Add(node, path, $"Expected {expected}, found {node.Shown}.");
            return null;
        }

        foreach (var member in mapping.Members.Where(member => !known.IsEmpty && !known.Contains(member.Name)).Take(FaultList.FaultsMax))
        {
            string field = FieldPath.Join(path, member.Name);
            faults.Add(member.Key, field, $"There is no field '{Short(member.Name)}' here.{Suggestion.Of(member.Name, known)}");
        }

        return new Fields(mapping, path, faults);
    }

    public string PathOf(string name) => FieldPath.Join(Path, name);

    /// <summary>The value of a field; null when it is absent or has none.</summary>
    public FileNode? Node(string name) =>
        _mapping.Members.FirstOrDefault(member => member.Name == name)?.Value is { } value && value is not FileScalar { IsNull: true } ? value : null;

    /// <summary>Where a field is: its value, else its key, else the mapping.</summary>
    public FileNode At(string name) =>
        Node(name) ?? _mapping.Members.FirstOrDefault(member => member.Name == name)?.Key ?? (FileNode)_mapping;

    public void Fault(string name, string message) => _faults.Add(At(name), PathOf(name), message);

    /// <summary>Notes a fault inside of a text.</summary>
    /// <param name="name">The field.</param>
    /// <param name="position">Index of the character.</param>
    /// <param name="message">What is wrong.</param>
    public void Fault(string name, int position, string message)
    {
        var at = At(name);
        _faults.Add(at.Line, at is FileScalar scalar ? scalar.ColumnOf(position) : at.Column, PathOf(name), message);
    }

    /// <summary>The value of a field that has to be there; null, and a fault, when it is not.</summary>
    public FileNode? Required(string name, string expected)
    {
        if (Node(name) is { } node)
        {
            return node;
        }

        Fault(name, $"'{name}' is missing. Expected {expected}.");
        return null;
    }

    /// <summary>A text; null when it is absent or faulty.</summary>
    public string? Text(string name, int charsMin, int charsMax, string what)
    {
        string expected = $"{what} of {charsMin} to {charsMax} characters";
        if (Scalar(name, expected) is not { } scalar)
        {
            return null;
        }

        if (scalar.Value is not Documents.JsonString)
        {
            Fault(name, $"Expected {expected}, found {scalar.Shown}. Write it in quotes if it is meant as a text.");
            return null;
        }

        if (scalar.Text.Length >= charsMin && scalar.Text.Length <= charsMax)
        {
            return scalar.Text;
        }

        Fault(name, $"Expected {expected}, found {scalar.Text.Length} characters.");
        return null;
    }

    /// <summary>A length of time; null when it is absent or faulty.</summary>
    public TimeSpan? Length(string name, TimeSpan min, TimeSpan max)
    {
        string expected = $"a length of time from {Duration.Format(min)} to {Duration.Format(max)}, such as 90s or 1h30m";
        if (Scalar(name, expected) is not { } scalar)
        {
            return null;
        }

        if (scalar.Value is not Documents.JsonString)
        {
            Fault(name, $"Expected {expected}, found {scalar.Shown}.");
            return null;
        }

        try
        {
            var length = Duration.Parse(scalar.Text);
            if (length >= min && length <= max)
            {
                return length;
            }

            Fault(name, $"Expected {expected}, found {scalar.Text}.");
        }
        catch (SchedulerException fault)
        {
            Fault(name, PositionOf(fault), $"Expected {expected}, found '{Short(scalar.Text)}'.");
        }

        return null;
    }

    /// <summary>A whole number; null when it is absent or faulty.</summary>
    public long? Whole(string name, long min, long max)
    {
        string expected = max == long.MaxValue ? $"a whole number of at least {min}" : $"a whole number from {min} to {max}";
        if (Scalar(name, expected) is not { } scalar)
        {
            return null;
        }

        if (scalar.Value is Documents.JsonNumber number && number.TryGetInt64(out long value) && value >= min && value <= max)
        {
            return value;
        }

        Fault(name, $"Expected {expected}, found {scalar.Shown}.");
        return null;
    }

    /// <summary>An instant in UTC; null when it is absent or faulty.</summary>
    public DateTimeOffset? Instant(string name)
    {
        const string expected = "an instant with its offset, such as 2026-12-24T18:00:00Z or 2026-12-24T18:00+01:00";
        if (Scalar(name, expected) is not { } scalar)
        {
            return null;
        }

        if (InstantText.TryParse(scalar.Text, out var instant))
        {
            return instant;
        }

        Fault(name, $"Expected {expected}, found {scalar.Shown}.");
        return null;
    }

    /// <summary>One of the names of an enum; null when it is absent or faulty.</summary>
    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        string[] names = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
        if (Scalar(name, Suggestion.List(names)) is not { } scalar)
        {
            return null;
        }

        int index = Array.IndexOf(names, scalar.Text);
        if (index >= 0)
        {
            return Enum.GetValues<T>()[index];
        }

        Fault(name, $"{scalar.Shown} is not possible here.{Suggestion.Of(scalar.Text, names)}");
        return null;
    }

    /// <summary>The items of a list; none when it is absent or faulty.</summary>
    public ImmutableArray<FileNode> Items(string name, int countMax, string what)
    {
        switch (Node(name))
        {
            case null:
                return [];
            case FileSequence sequence when sequence.Items.Length <= countMax:
                return sequence.Items;
            case FileSequence sequence:
                Fault(name, $"Expected a list of at most {countMax} {what}, found {sequence.Items.Length}.");
                return [];
            case var other:
                Fault(name, $"Expected a list of {what}, found {other.Shown}.");
                return [];
        }
    }

    /// <summary>The position that a failure of a parser names; 0 when it names none.</summary>
    public static int PositionOf(SchedulerException fault) =>
        fault.Details.TryGetValue("position", out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int position) ? position : 0;

    public static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

    private FileScalar? Scalar(string name, string expected)
    {
        var node = Node(name);
        if (node is null or FileScalar)
        {
            return (FileScalar?)node;
        }

        Fault(name, $"Expected {expected}, found {node.Shown}.");
        return null;
    }
}
