namespace OrleansScheduler.Core.Storage;

/// <summary>The format of snapshot pages.</summary>
internal static class SnapshotFormat
{
    public const byte Newest = 1;
}
