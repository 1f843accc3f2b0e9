using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Identity;

/// <summary>Names a schedule of an owner. Text form: <c>owner/name</c>.</summary>
/// <remarks>Both parts are 1 to 100 letters, digits, dots, hyphens or underscores of ASCII. An unset id throws when it is used.</remarks>
[JsonConverter(typeof(TextJsonConverter<ScheduleId>))]
public readonly record struct ScheduleId : IParsable<ScheduleId>
{
    private readonly string? _text;

    private ScheduleId(string text) => _text = text;

    /// <summary>The tenant.</summary>
    public string Owner => OwnedName.OwnerOf(ToString());

    /// <summary>The name within the owner.</summary>
    public string Name => OwnedName.NameOf(ToString());

    /// <summary>The schedule <paramref name="name"/> of <paramref name="owner"/>.</summary>
    /// <exception cref="Errors.SchedulerException">With <c>id_invalid</c> when a part does not fit the rules.</exception>
    public static ScheduleId Of(string owner, string name) => new(OwnedName.Compose("schedule", owner, name));

    /// <inheritdoc/>
    public static ScheduleId Parse(string s, IFormatProvider? provider = null) => new(OwnedName.Check("schedule", s));

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ScheduleId result)
    {
        bool valid = OwnedName.IsValid(s);
        result = valid ? new ScheduleId(s!) : default;
        return valid;
    }

    /// <summary>The text form.</summary>
    public override string ToString() => _text ?? throw new InvalidOperationException("Unset ScheduleId.");
}
