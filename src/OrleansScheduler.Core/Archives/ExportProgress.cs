namespace OrleansScheduler.Core.Archives;

/// <summary>How far an export is.</summary>
/// <param name="StartedAt">When it began, in UTC.</param>
/// <param name="Bytes">Bytes that were written so far; 0 while rows are proved.</param>
public sealed record ExportProgress(DateTimeOffset StartedAt, long Bytes);
