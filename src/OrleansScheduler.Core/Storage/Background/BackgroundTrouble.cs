namespace OrleansScheduler.Core.Storage.Background;

/// <summary>State that may lag behind and cannot be written at the moment. It is tried again by itself.</summary>
/// <param name="Actor">Whose it is, as kind/key.</param>
/// <param name="Target">What is written.</param>
/// <param name="Reason">The stable code of the failure.</param>
/// <param name="Message">What failed, for people.</param>
/// <param name="HasNewerChanges">Whether changes wait that no try has contained yet.</param>
/// <param name="UnsavedSince">When the oldest change came that is not written; UTC. It is as old as the time since then.</param>
/// <param name="Attempts">Tries that have failed in a row.</param>
public sealed record BackgroundTrouble(
    string Actor, string Target, string Reason, string Message, bool HasNewerChanges, DateTimeOffset UnsavedSince, int Attempts);
