namespace OrleansScheduler.Engine;

/// <summary>A stored state as it was read.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ETag">Names this version of it.</param>
public sealed record StoredState(ReadOnlyMemory<byte> Content, string ETag);
