namespace OrleansScheduler.Embedded.Storage;

/// <summary>Changes the file's page limit while the store runs.</summary>
internal sealed class PagesMaxOperation(long? pagesMax) : WriteOperation("", "")
{
    public override StorageSite Before => StorageSite.CommitBefore;

    public override StorageSite After => StorageSite.CommitAfter;

    public override bool IsWrite => false;

    public override Exception? Apply(WriteSession session)
    {
        Schema.LimitPages(session.Database, pagesMax);
        return null;
    }
}
