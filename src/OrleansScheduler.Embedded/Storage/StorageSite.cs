namespace OrleansScheduler.Embedded.Storage;

/// <summary>A place in a store where <see cref="IStorageFaults"/> is asked.</summary>
public enum StorageSite
{
    /// <summary>Before the schema is created or migrated and the incarnation is counted. Whole store.</summary>
    OpenSchema,

    /// <summary>Before a journal is read.</summary>
    JournalLoad,

    /// <summary>Before a group of entries is written.</summary>
    AppendBefore,

    /// <summary>A group of entries is durable; its caller does not know yet.</summary>
    AppendAfter,

    /// <summary>Before pages of a snapshot are written.</summary>
    PagesBefore,

    /// <summary>Pages are durable; their caller does not know yet.</summary>
    PagesAfter,

    /// <summary>Before entries are given up.</summary>
    TruncateBefore,

    /// <summary>Entries are given up; the caller does not know yet.</summary>
    TruncateAfter,

    /// <summary>Before a state is read.</summary>
    StateRead,

    /// <summary>Before a state is written or cleared.</summary>
    StateWriteBefore,

    /// <summary>A state's change is durable; its caller does not know yet.</summary>
    StateWriteAfter,

    /// <summary>Before a wake-up is set or cleared.</summary>
    WakeupBefore,

    /// <summary>A wake-up's change is durable; its caller does not know yet.</summary>
    WakeupAfter,

    /// <summary>Before wake-ups are listed. Whole store.</summary>
    WakeupList,

    /// <summary>Everything of a transaction is written, nothing is committed. Whole store. Throwing rolls it back.</summary>
    CommitBefore,

    /// <summary>A transaction is durable; none of its callers knows yet. Whole store.</summary>
    CommitAfter,

    /// <summary>Before a cleaning step commits. Whole store. Throwing rolls it back.</summary>
    Clean,

    /// <summary>A cleaning step is durable; whoever loads does not know the new places yet. Whole store.</summary>
    CleanAfter,

    /// <summary>Another program has locked the file; before the pause after which the transaction is tried again. Whole store.</summary>
    Retry,
}
