namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>A write of the head that failed and may have landed nevertheless, or may still land.</summary>
internal sealed record HeadInDoubt(JournalHead Head, WritePlan Plan);
