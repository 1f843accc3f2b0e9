namespace OrleansScheduler.Embedded.Storage;

/// <summary>One request to the writer. It is its own completion source, so that an append costs one object.</summary>
internal abstract class WriteOperation(string kind, string key)
    : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public string Kind => kind;

    public string Key => key;

    public abstract StorageSite Before { get; }

    public abstract StorageSite After { get; }

    /// <summary>Bytes of content, for the limit of a group and for statistics.</summary>
    public virtual long Bytes => 0;

    /// <summary>Log entries it carries.</summary>
    public virtual int Entries => 0;

    /// <summary>False when it needs no transaction of its own.</summary>
    public virtual bool IsWrite => true;

    /// <summary>Why the operation fails; null while it does not.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Writes into the transaction under way, and may be called again in another after a rollback.</summary>
    /// <returns>Null, or a refusal, before which nothing was written.</returns>
    /// <exception cref="DatabaseException">The transaction cannot go on.</exception>
    public abstract Exception? Apply(WriteSession session);

    /// <summary>Follows the commit, in the order of the group.</summary>
    public virtual void Publish(WriteSession session)
    {
    }

    /// <summary>Tells whoever waits.</summary>
    public void Answer()
    {
        if (Failure is null)
        {
            TrySetResult();
        }
        else if (TrySetException(Failure))
        {
            // Who stopped waiting does not want to hear of it as an unobserved exception.
            _ = Task.Exception;
        }
    }

    /// <summary>Tells whoever waits that nobody knows; from any thread, whatever becomes of the operation.</summary>
    public void GiveUp()
    {
        if (TrySetException(StoreRefusal.Unfinished()))
        {
            _ = Task.Exception;
        }
    }

    /// <summary>Fails it without having tried.</summary>
    public void Refuse(Exception exception)
    {
        Failure = exception;
        Answer();
    }
}
