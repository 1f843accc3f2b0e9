using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>Passing a fault site, and the one form in which its exceptions leave.</summary>
internal static class FaultPoint
{
    /// <summary>Passes a site on the writer's own thread, which may be held up: that is what a slow disk does.</summary>
    /// <returns>Null when it let us pass.</returns>
    public static SchedulerException? Pass(IStorageFaults faults, StorageSite site, string kind = "", string key = "")
    {
        try
        {
            var pass = faults.AtAsync(site, kind, key);
            if (!pass.IsCompletedSuccessfully)
            {
                pass.AsTask().GetAwaiter().GetResult();
            }

            return null;
        }
        catch (Exception exception)
        {
            return Translate(exception);
        }
    }

    /// <summary>Passes a site without holding up a thread.</summary>
    public static async ValueTask PassAsync(IStorageFaults faults, StorageSite site, string kind = "", string key = "")
    {
        try
        {
            await faults.AtAsync(site, kind, key);
        }
        catch (Exception exception) when (exception is not SchedulerException)
        {
            throw Translate(exception);
        }
    }

    /// <summary>The exception as callers of a store may see it.</summary>
    public static SchedulerException Translate(Exception exception) => exception switch
    {
        SchedulerException known => known,
        DatabaseException database => database.ToStorage(),
        _ => new StorageException(ErrorCodes.StorageFailed, $"Storage failed: {exception.Message}", isTransient: true, exception),
    };
}
