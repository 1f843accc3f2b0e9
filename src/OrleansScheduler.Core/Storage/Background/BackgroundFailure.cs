namespace OrleansScheduler.Core.Storage.Background;

/// <summary>State that is not written although it should be.</summary>
/// <param name="Target">The kind of what should be written.</param>
/// <param name="Key">Its debounce key.</param>
/// <param name="Reason">The stable code of the failure; <c>pending</c> when no try has failed yet.</param>
/// <param name="Message">What failed, for people.</param>
/// <param name="HasNewerChanges">Whether changes wait that no try has contained yet.</param>
/// <param name="UnsavedFor">The age of the oldest change that is not saved.</param>
/// <param name="Attempts">Tries that have failed in a row.</param>
internal sealed record BackgroundFailure(
    string Target, string Key, string Reason, string Message, bool HasNewerChanges, TimeSpan UnsavedFor, int Attempts);
