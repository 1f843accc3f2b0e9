namespace OrleansScheduler.Engine;

/// <summary>One page of a snapshot.</summary>
/// <param name="Name">1 to 100 characters, unique within the journal.</param>
/// <param name="Content">Its bytes; null, in a write, removes the page.</param>
public sealed record JournalPage(string Name, ReadOnlyMemory<byte>? Content);
