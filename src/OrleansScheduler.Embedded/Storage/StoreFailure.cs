namespace OrleansScheduler.Embedded.Storage;

/// <summary>A failure of storage, as health shows it.</summary>
/// <param name="Code">One of <see cref="Errors.ErrorCodes"/>.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="At">When it happened; UTC.</param>
public sealed record StoreFailure(string Code, string Message, DateTimeOffset At);
