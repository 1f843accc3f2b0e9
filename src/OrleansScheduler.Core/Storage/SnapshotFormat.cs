namespace OrleansScheduler.Core.Storage;

/// <summary>The format of snapshot pages.</summary>
internal static class SnapshotFormat
{
    /// <summary>
    /// 1: a fixed number of pages. 2: pages of members that split and merge; whoever knows only the first would take the
    /// members but leave stale pages behind, so it must refuse them.
    /// </summary>
    public const byte Newest = 2;

    /// <summary>The newest that the release before this one reads; it is written until an operator raises it.</summary>
    public const byte Previous = 2;
}
