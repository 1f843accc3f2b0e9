using System.Collections.Immutable;

namespace OrleansScheduler.Errors;

/// <summary>An operation that failed for a reason a caller can act on.</summary>
/// <remarks>
/// It crosses engine boundaries as its type, <see cref="Code"/>, message and string data; nothing else survives, so nothing
/// else is offered. Details live in <see cref="Exception.Data"/> because that is what every engine carries.
/// </remarks>
public class SchedulerException : Exception
{
    private const string CodeKey = "scheduler.code";
    private const string TransientKey = "scheduler.transient";
    private const string DetailPrefix = "scheduler.detail.";

    /// <summary>Creates the failure.</summary>
    /// <param name="code">One of <see cref="ErrorCodes"/>; stable across versions.</param>
    /// <param name="message">A sentence for people; it may change between versions.</param>
    /// <param name="isTransient">True when the same request, repeated later, can succeed.</param>
    /// <param name="inner">The cause, or null. It stays in this process.</param>
    public SchedulerException(string code, string message, bool isTransient = false, Exception? inner = null)
        : base(message, inner)
    {
        Data[CodeKey] = code;
        Data[TransientKey] = isTransient ? "true" : "false";
    }

    /// <summary>The stable code; <see cref="ErrorCodes.Internal"/> when none was carried over.</summary>
    public string Code => Data[CodeKey] as string ?? ErrorCodes.Internal;

    /// <summary>True when the same request, repeated later, can succeed.</summary>
    public bool IsTransient => Data[TransientKey] as string == "true";

    /// <summary>Named facts about the failure, ordered by name; empty when there are none.</summary>
    public ImmutableSortedDictionary<string, string> Details
    {
        get
        {
            var details = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            foreach (System.Collections.DictionaryEntry pair in Data)
            {
                if (pair is { Key: string key, Value: string value } && key.StartsWith(DetailPrefix, StringComparison.Ordinal))
                {
                    details[key[DetailPrefix.Length..]] = value;
                }
            }

            return details.ToImmutable();
        }
    }

    /// <summary>Adds one named fact and returns the same exception.</summary>
    /// <param name="name">Name in snake_case.</param>
    /// <param name="value">Its value as text.</param>
    public SchedulerException With(string name, string value)
    {
        Data[DetailPrefix + name] = value;
        return this;
    }
}
