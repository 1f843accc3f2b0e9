using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using OrleansScheduler.Errors;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Identity;

/// <summary>Names an action within its space: its name, a tilde, and a short stable hash of what it is bound to.</summary>
/// <remarks>
/// The hash covers handler, inputs and outputs, so that repeated instances of one handler differ and an identity survives
/// restarts. Example: <c>strongest Alaska~3fa9c012</c>. An unset id throws when it is used.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<ActionId>))]
public readonly record struct ActionId : IParsable<ActionId>, IComparable<ActionId>
{
    /// <summary>The longest name of an action, in characters.</summary>
    public const int NameCharsMax = 100;

    private const int HashChars = 8;
    private readonly string? _text;

    private ActionId(string text) => _text = text;

    /// <summary>The name that the definition gave.</summary>
    public string Name => ToString()[..^(HashChars + 1)];

    /// <summary>The action <paramref name="name"/> whose bindings have the hash <paramref name="bindings"/>.</summary>
    /// <param name="name">1 to 100 characters without '/', '~' and control characters.</param>
    /// <param name="bindings">8 hexadecimal digits.</param>
    public static ActionId Of(string name, string bindings) => Parse($"{name}~{bindings}");

    /// <summary>True when the text can name an action.</summary>
    public static bool IsName([NotNullWhen(true)] string? name) =>
        name is { Length: > 0 and <= NameCharsMax } && IsName(name.AsSpan());

    /// <inheritdoc/>
    public static ActionId Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out ActionId id)
        ? id
        : throw new SchedulerException(ErrorCodes.IdInvalid, "An action id is its name, '~' and 8 hexadecimal digits.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ActionId result)
    {
        int tilde = s?.LastIndexOf('~') ?? -1;
        bool valid = tilde > 0 && IsName(s![..tilde]) && s.Length - tilde - 1 == HashChars
            && s.AsSpan(tilde + 1).IndexOfAnyExcept("0123456789abcdef") < 0;
        result = valid ? new ActionId(s!) : default;
        return valid;
    }

    /// <summary>Trusts that the text was made by <see cref="ToString"/>, as stored ones were.</summary>
    internal static ActionId OfValid(string text) => new(text);

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (char c in name)
        {
            if (c is '/' or '~' || char.IsControl(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(ActionId other) => string.CompareOrdinal(_text, other._text);

    /// <summary>The text form.</summary>
    public override string ToString() => _text ?? throw new InvalidOperationException("Unset ActionId.");
}
