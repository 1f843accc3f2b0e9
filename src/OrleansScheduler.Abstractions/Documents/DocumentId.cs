using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Documents;

/// <summary>Names a document inside its space: 1 to 256 UTF-16 units of valid Unicode without control characters and <c>/</c>.</summary>
/// <remarks>Compared by ordinal. The default value is unset: writing it throws <see cref="InvalidOperationException"/>.</remarks>
[JsonConverter(typeof(TextConverter<DocumentId>))]
public readonly record struct DocumentId : IComparable<DocumentId>, IParsable<DocumentId>
{
    /// <summary>Longest text, in UTF-16 units.</summary>
    public const int CharsMax = 256;

    private readonly string? _text;

    private DocumentId(string text) => _text = text;

    /// <summary>The id with that text.</summary>
    /// <param name="text">See the summary of the type.</param>
    /// <exception cref="SchedulerException"><see cref="ErrorCodes.PathInvalid"/>; details: <c>position</c>, <c>reason</c>.</exception>
    public static DocumentId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FaultOf(text) is { } fault ? throw DocumentErrors.PathInvalid("document id", fault) : new DocumentId(text);
    }

    /// <summary>True, and the id, when the text fits.</summary>
    /// <param name="text">Any text; null gives false.</param>
    /// <param name="id">The id, or the unset one.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out DocumentId id)
    {
        var isValid = text is not null && FaultOf(text) is null;
        id = isValid ? new DocumentId(text!) : default;
        return isValid;
    }

    /// <summary>By ordinal; an unset id comes first.</summary>
    /// <param name="other">Another id.</param>
    public int CompareTo(DocumentId other) => string.CompareOrdinal(_text, other._text);

    /// <summary>The text, unescaped.</summary>
    public override string ToString() => _text ?? throw new InvalidOperationException("Unset DocumentId.");

    static DocumentId IParsable<DocumentId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<DocumentId>.TryParse(string? s, IFormatProvider? provider, out DocumentId result) => TryParse(s, out result);

    /// <summary>Trusts that the text is an id, as stored ones are.</summary>
    internal static DocumentId OfValid(string text) => new(text);

    /// <summary>What makes a text unfit as an id; null when nothing does.</summary>
    internal static PathFault? FaultOf(string text)
    {
        if (text.Length is 0 or > CharsMax)
        {
            return new PathFault(Math.Min(text.Length, CharsMax), $"a document id has 1 to {CharsMax} characters");
        }

        if (text is "." or "..")
        {
            return new PathFault(0, "a document id is not only one or two dots, which an address would take for a step");
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '/' || char.IsControl(text[i]))
            {
                return new PathFault(i, "a document id contains neither '/' nor control characters");
            }
        }

        var lone = UnicodeText.IndexOfLoneSurrogate(text);
        return lone < 0 ? null : new PathFault(lone, "a document id contains half of a surrogate pair");
    }
}
