using OrleansScheduler.Engine;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>A journal as its rows gave it.</summary>
/// <param name="Head">The head with everything that it references.</param>
/// <param name="ETag">The head's version; null when there is none.</param>
/// <param name="Content">Pages and entries.</param>
internal sealed record LoadedJournal(JournalHead Head, string? ETag, JournalContent Content);
