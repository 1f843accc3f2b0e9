using OrleansScheduler.Definitions.Files;

namespace OrleansScheduler.Definitions.Applying;

/// <summary>Why the server refused a definition.</summary>
/// <param name="Code">One of <see cref="Errors.ErrorCodes"/>.</param>
/// <param name="Message">The server's sentence for people.</param>
/// <param name="IsTransient">True when applying the same file later can succeed.</param>
/// <param name="Place">Where the file defines it; null for what the file no longer names.</param>
public sealed record DefinitionRefusal(string Code, string Message, bool IsTransient, DefinitionPlace? Place)
{
    /// <summary>One line: place, field, message and code.</summary>
    public override string ToString() => $"{(Place is null ? "" : $"{Place}: {Place.Field}: ")}{Message} ({Code})";
}
