namespace OrleansScheduler.Embedded.Actors;

/// <summary>Completes promises so that nobody who awaits them goes on within the turn, or on the thread, that completes them.</summary>
/// <remarks>
/// An await never continues inline on a thread that has another synchronization context. The usual flag
/// <see cref="TaskCreationOptions.RunContinuationsAsynchronously"/> would do the same, but sends <see cref="Task.WhenAll(Task[])"/>
/// and its like through the thread pool, where no simulation has a say.
/// </remarks>
internal static class Apart
{
    private static readonly SynchronizationContext Nowhere = new NowhereContext();

    /// <summary>Runs the step that completes a promise.</summary>
    internal static void Complete<T>(T promise, Action<T> step)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Nowhere);
        try
        {
            step(promise);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    // The runtime looks at the type: a plain SynchronizationContext counts as none.
    private sealed class NowhereContext : SynchronizationContext;
}
