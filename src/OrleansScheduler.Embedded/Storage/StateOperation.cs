namespace OrleansScheduler.Embedded.Storage;

/// <summary>Writes or clears a named state under its ETag.</summary>
/// <param name="kind">Kind of the actor.</param>
/// <param name="key">Key of the actor.</param>
/// <param name="name">Name of the state.</param>
/// <param name="payload">The content with room for its header; null clears the state.</param>
/// <param name="expectedETag">What the state must have; null when it must not exist.</param>
internal sealed class StateOperation(string kind, string key, string name, byte[]? payload, string? expectedETag)
    : WriteOperation(kind, key)
{
    public override StorageSite Before => StorageSite.StateWriteBefore;

    public override StorageSite After => StorageSite.StateWriteAfter;

    public override long Bytes => payload?.Length ?? 0;

    /// <summary>The ETag that was written.</summary>
    public string ETag { get; private set; } = "";

    public override Exception? Apply(WriteSession session)
    {
        if (session.States.ETag(Kind, Key, name) != expectedETag)
        {
            return StoreRefusal.ETagConflict(Kind, Key, name);
        }

        if (payload is null)
        {
            session.States.Delete(Kind, Key, name);
            return null;
        }

        ETag = session.States.NextETag();
        BlobFormat.Seal(BlobFormat.StateSeed(Checksum.Of(Kind, Key), name, ETag), payload);
        session.States.Put(Kind, Key, name, ETag, payload);
        return null;
    }
}
