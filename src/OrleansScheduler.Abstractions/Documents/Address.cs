using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Documents;

/// <summary>Where a value is inside a space: a document and a path in it, or the root of the space, above all documents.</summary>
/// <remarks>
/// Text form: empty for the root of the space, else the document id (<c>~</c> and <c>[</c> as <c>~0</c> and <c>~2</c>) followed by the
/// text of the path. Example: <c>quakes/features[3]/mag</c>. Ordered so that an address comes directly before those below it.
/// </remarks>
[JsonConverter(typeof(TextConverter<Address>))]
public sealed class Address : IEquatable<Address>, IComparable<Address>, IParsable<Address>
{
    private JsonPath? _fromRoot;
    private string? _text;

    private Address(DocumentId? document, JsonPath path)
    {
        Document = document;
        Path = path;
    }

    /// <summary>The root of the space; its children are the documents.</summary>
    public static Address OfSpace { get; } = new(null, JsonPath.Root);

    /// <summary>The document; null means the root of the space.</summary>
    public DocumentId? Document { get; }

    /// <summary>The path inside the document; the root path when there is no document.</summary>
    public JsonPath Path { get; }

    /// <summary>The steps from the root of the space: the document id as a key, then <see cref="Path"/>. Computed once.</summary>
    /// <remarks>With up to 65 steps it can be one longer than a path that is parsed, and it takes no 66th.</remarks>
    public JsonPath FromRoot => _fromRoot ??= ComputeFromRoot();

    /// <summary>The root of that document.</summary>
    /// <param name="document">An unset id throws <see cref="InvalidOperationException"/>.</param>
    public static Address Of(DocumentId document) => Of(document, JsonPath.Root);

    /// <summary>The value at that path of that document.</summary>
    /// <param name="document">An unset id throws <see cref="InvalidOperationException"/>.</param>
    /// <param name="path">At most 64 steps.</param>
    public static Address Of(DocumentId document, JsonPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        _ = document.ToString();
        return path.Length <= JsonPath.StepsMax
            ? new Address(document, path)
            : throw new ArgumentException("The path was taken from the root of a space.", nameof(path));
    }

    /// <summary>The address that this text denotes.</summary>
    /// <param name="text">See the remarks of the type.</param>
    /// <exception cref="SchedulerException"><see cref="ErrorCodes.PathInvalid"/>; details: <c>position</c>, <c>reason</c>.</exception>
    public static Address Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text, out var address) is { } fault ? throw DocumentErrors.PathInvalid("address", fault) : address!;
    }

    /// <summary>True, and the address, when the text denotes one.</summary>
    /// <param name="text">Any text; null gives false.</param>
    /// <param name="address">The address, or null.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Address? address)
    {
        address = null;
        return text is not null && Read(text, out address) is null;
    }

    /// <summary>The address one step below: of the root of the space a key is a document id.</summary>
    /// <param name="step">An unset one throws <see cref="InvalidOperationException"/>.</param>
    /// <exception cref="SchedulerException"><see cref="ErrorCodes.PathInvalid"/> when that address cannot exist.</exception>
    public Address Then(PathStep step)
    {
        if (Document is { } document)
        {
            return new Address(document, Path.Then(step));
        }

        return step.IsKey
            ? Of(DocumentId.Parse(step.Key))
            : throw DocumentErrors.PathInvalid("address", new PathFault(0, "a space has documents, not items"));
    }

    /// <summary>True when the other address is this one or lies below it; the root of the space is a prefix of all.</summary>
    /// <param name="other">Another address.</param>
    public bool IsPrefixOf(Address other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Document is null || (Document == other.Document && Path.IsPrefixOf(other.Path));
    }

    /// <summary>Negative, 0 or positive as this address comes before, with or after the other; null comes first.</summary>
    /// <param name="other">Another address or null.</param>
    public int CompareTo(Address? other)
    {
        var order = other is null ? 1 : Nullable.Compare(Document, other.Document);
        return order != 0 ? order : Path.CompareTo(other!.Path);
    }

    /// <summary>True when document and path are equal.</summary>
    /// <param name="other">Another address or null.</param>
    public bool Equals(Address? other) =>
        ReferenceEquals(this, other) || (other is not null && Document == other.Document && Path.Equals(other.Path));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Address);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Document, Path);

    /// <summary>The text form, which <see cref="Parse"/> reads back.</summary>
    public override string ToString() =>
        _text ??= Document is { } document ? PathText.Escape(document.ToString()) + Path : "";

    static Address IParsable<Address>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Address>.TryParse(string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Address result) =>
        TryParse(s, out result);

    private static PathFault? Read(string text, out Address? address)
    {
        address = OfSpace;
        var position = 0;
        if (text.Length == 0)
        {
            return null;
        }

        address = null;
        if (PathText.TryUnescape(text, ref position, "02", "/[", out var document) is { } fault)
        {
            return fault;
        }

        if (DocumentId.FaultOf(document) is { } documentFault)
        {
            return documentFault;
        }

        if (PathText.TryParse(text, position, out var steps) is { } pathFault)
        {
            return pathFault;
        }

        address = new Address(DocumentId.Parse(document), JsonPath.OfParsed(steps));
        return null;
    }

    private JsonPath ComputeFromRoot() =>
        Document is { } document ? new JsonPath([PathStep.OfKey(document.ToString()), .. Path.Steps]) : JsonPath.Root;
}
