using System.Runtime.ExceptionServices;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>Does one thing for many items, a few at a time.</summary>
internal static class Batches
{
    /// <summary>The results in the order of the items. After a failure no further batch begins, but what has begun is awaited.</summary>
    public static async Task<TResult[]> RunAsync<T, TResult>(IReadOnlyList<T> items, int atOnce, Func<T, Task<TResult>> act)
    {
        var results = new TResult[items.Count];
        var begun = new List<Task<TResult>>(atOnce);
        ExceptionDispatchInfo? failure = null;
        for (int from = 0; from < items.Count && failure is null; from += begun.Count)
        {
            begun.Clear();
            for (int i = from; i < items.Count && begun.Count < atOnce; i++)
            {
                begun.Add(act(items[i]));
            }

            for (int i = 0; i < begun.Count; i++)
            {
                try
                {
                    results[from + i] = await begun[i];
                }
                catch (Exception fault)
                {
                    failure ??= ExceptionDispatchInfo.Capture(fault);
                }
            }
        }

        failure?.Throw();
        return results;
    }
}
