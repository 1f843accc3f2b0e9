namespace OrleansScheduler.Errors;

/// <summary>A storage operation that failed.</summary>
/// <param name="code"><see cref="ErrorCodes.StorageFull"/>, <see cref="ErrorCodes.StorageFailed"/>,
/// <see cref="ErrorCodes.StorageLocked"/>, <see cref="ErrorCodes.StorageFormat"/> or <see cref="ErrorCodes.JournalConflict"/>.</param>
/// <param name="message">What failed, for people.</param>
/// <param name="isTransient">True when repeating later can succeed.</param>
/// <param name="inner">The storage library's own exception, or null.</param>
public sealed class StorageException(string code, string message, bool isTransient = true, Exception? inner = null)
    : SchedulerException(code, message, isTransient, inner);
