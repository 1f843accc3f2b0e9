namespace OrleansScheduler.Actions;

/// <summary>The code or the definition differs from the one that made the last observation.</summary>
/// <param name="Number">Given by the space.</param>
/// <param name="From">The fingerprint before.</param>
/// <param name="To">The fingerprint now.</param>
public sealed record FingerprintCause(long Number, string From, string To) : Cause(Number);
