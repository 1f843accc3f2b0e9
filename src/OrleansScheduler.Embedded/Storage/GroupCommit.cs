using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>Makes a group of operations durable with one transaction, and settles how each of them ended.</summary>
internal sealed class GroupCommit(
    WriteSession session, WriteQueue queue, LogCleaner cleaner, IStorageFaults faults, StoreMeter meter)
{
    /// <summary>After so many in a row the disk is to blame, and not what was asked of it.</summary>
    private const int FailuresMax = 8;
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(2);

    private readonly List<WriteOperation> _open = [];
    private readonly List<WriteOperation> _single = [];

    /// <summary>Settles every operation of the group; the caller answers them.</summary>
    /// <param name="group">In the order in which they shall happen; who comes while they are written is added.</param>
    /// <param name="expected">How many may come in all.</param>
    public void Run(List<WriteOperation> group, int expected)
    {
        _open.Clear();
        Open(group, 0);
        if (_open.Count == 0 || Persist(_open, More) is not { } failure)
        {
            return;
        }

        var hasRoom = failure.Code == ErrorCodes.StorageFull && cleaner.Step(needsRoom: true);
        var mayDiffer = (_open.Count > 1 || hasRoom) && failure.Code != ErrorCodes.StorageLocked;
        var failures = mayDiffer ? 0 : FailuresMax;

        // One request that does not fit, or cannot be stored, must not fail its neighbours.
        foreach (var operation in _open)
        {
            _single.Clear();
            _single.Add(operation);
            var own = failures < FailuresMax ? Persist(_single, () => false) : failure;
            failures = own switch
            {
                null => 0,
                { Code: ErrorCodes.StorageFull } when mayDiffer => failures,
                _ => failures + 1,
            };
            if (own is not null)
            {
                Settle(operation, own);
            }
        }

        bool More()
        {
            var known = group.Count;
            if (!queue.TakeMore(group, expected))
            {
                return false;
            }

            Open(group, known);
            return true;
        }
    }

    /// <summary>Writes operations together. While another program has locked the file, they wait for it, in growing pauses.</summary>
    /// <returns>Null when the operations are settled; else nothing of them happened.</returns>
    private SchedulerException? Persist(List<WriteOperation> operations, Func<bool> more)
    {
        var failure = Transact(operations, more);
        for (var pause = PauseMin; failure is { Code: ErrorCodes.StorageLocked } && !queue.IsAbandoned; pause *= 2)
        {
            meter.Failed(failure);
            meter.Publish(session.Index);
            FaultPoint.Pass(faults, StorageSite.Retry);
            queue.Pause(pause < PauseMax ? pause : PauseMax);
            failure = Transact(operations, () => false);
        }

        return failure;
    }

    /// <summary>Lets operations pass the sites before them.</summary>
    private void Open(List<WriteOperation> group, int from)
    {
        for (; from < group.Count; from++)
        {
            var operation = group[from];
            Settle(operation, FaultPoint.Pass(faults, operation.Before, operation.Kind, operation.Key));
            if (operation.Failure is null)
            {
                _open.Add(operation);
            }
        }
    }

    private void Settle(WriteOperation operation, SchedulerException? failure)
    {
        operation.Failure = failure;
        if (failure is not null)
        {
            meter.Failed(failure);
        }
    }

    /// <summary>Null when the operations are settled; else nothing of them happened.</summary>
    private SchedulerException? Transact(List<WriteOperation> operations, Func<bool> more)
    {
        try
        {
            Write(operations, more);
        }
        catch (Exception exception)
        {
            session.Rollback();
            return FaultPoint.Translate(exception);
        }

        Landed(operations);
        return null;
    }

    private void Write(List<WriteOperation> operations, Func<bool> more)
    {
        var (applied, isOpen) = (0, false);
        do
        {
            for (; applied < operations.Count; applied++)
            {
                if (operations[applied].IsWrite && !isOpen)
                {
                    session.Begin();
                    isOpen = true;
                }

                operations[applied].Failure = operations[applied].Apply(session);
            }
        }
        while (more());

        if (!isOpen)
        {
            return;
        }

        if (FaultPoint.Pass(faults, StorageSite.CommitBefore) is { } fault)
        {
            throw fault;
        }

        session.Commit();
    }

    private void Landed(List<WriteOperation> operations)
    {
        session.Publish();
        meter.Committed();
        foreach (var operation in operations)
        {
            if (operation.Failure is null)
            {
                operation.Publish(session);
            }
        }

        var shared = FaultPoint.Pass(faults, StorageSite.CommitAfter);
        foreach (var operation in operations)
        {
            if (operation.Failure is not null)
            {
                continue;
            }

            Settle(operation, shared ?? FaultPoint.Pass(faults, operation.After, operation.Kind, operation.Key));
            if (operation.Failure is null)
            {
                meter.Acknowledged(operation);
            }
        }
    }
}
