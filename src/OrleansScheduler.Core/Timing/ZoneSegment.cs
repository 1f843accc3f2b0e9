namespace OrleansScheduler.Core.Timing;

/// <summary>A stretch of time in which a zone keeps one offset.</summary>
/// <param name="Start">Its first instant, in seconds since 0001-01-01.</param>
/// <param name="HighWater">The first local second that no clock of the zone has shown before it.</param>
/// <param name="Offset">Seconds to add to UTC for local time.</param>
internal readonly record struct ZoneSegment(long Start, long HighWater, int Offset);
