using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Identity;

/// <summary>Names a space of an owner. Text form: <c>owner/name</c>.</summary>
/// <remarks>Both parts are 1 to 100 letters, digits, dots, hyphens or underscores of ASCII. An unset id throws when it is used.</remarks>
[JsonConverter(typeof(TextJsonConverter<SpaceId>))]
public readonly record struct SpaceId : IParsable<SpaceId>
{
    private readonly string? _text;

    private SpaceId(string text) => _text = text;

    /// <summary>The tenant.</summary>
    public string Owner => OwnedName.OwnerOf(ToString());

    /// <summary>The name within the owner.</summary>
    public string Name => OwnedName.NameOf(ToString());

    /// <summary>The space <paramref name="name"/> of <paramref name="owner"/>.</summary>
    /// <exception cref="Errors.SchedulerException">With <c>id_invalid</c> when a part does not fit the rules.</exception>
    public static SpaceId Of(string owner, string name) => new(OwnedName.Compose("space", owner, name));

    /// <inheritdoc/>
    public static SpaceId Parse(string s, IFormatProvider? provider = null) => new(OwnedName.Check("space", s));

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SpaceId result)
    {
        bool valid = OwnedName.IsValid(s);
        result = valid ? new SpaceId(s!) : default;
        return valid;
    }

    /// <summary>The text form.</summary>
    public override string ToString() => _text ?? throw new InvalidOperationException("Unset SpaceId.");
}
