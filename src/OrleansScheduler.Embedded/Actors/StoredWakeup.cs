namespace OrleansScheduler.Embedded.Actors;

/// <summary>The wake-up of one actor, as it is stored.</summary>
/// <param name="Kind">The kind of the actor.</param>
/// <param name="Key">Its key.</param>
/// <param name="Due">When it is due, UTC.</param>
public sealed record StoredWakeup(string Kind, string Key, DateTimeOffset Due);
