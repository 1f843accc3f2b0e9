using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>Faults that a test arms: one site at a time fails or stalls, for the next call or for every one.</summary>
internal sealed class ScriptedFaults : IStorageFaults
{
    private volatile Func<StorageSite, string, string, ValueTask>? _script;

    public static StorageException Exception { get; } = new(ErrorCodes.StorageFailed, "Told to fail.");

    public ValueTask AtAsync(StorageSite site, string kind, string key) => _script?.Invoke(site, kind, key) ?? default;

    public void Disarm() => _script = null;

    /// <summary>The next call at the site throws.</summary>
    public void FailOnce(StorageSite at) => _script = (site, _, _) =>
    {
        if (site != at)
        {
            return default;
        }

        Disarm();
        throw Exception;
    };

    /// <summary>Every call at the site for the key throws.</summary>
    public void Fail(StorageSite at, string forKey) => _script = (site, _, key) =>
        site == at && key == forKey ? throw Exception : default;

    /// <summary>The next call at the site waits until the stall is released.</summary>
    public Stall StallOnce(StorageSite at)
    {
        var stall = new Stall();
        _script = (site, _, _) =>
        {
            if (site != at)
            {
                return default;
            }

            Disarm();
            return stall.EnterAsync();
        };
        return stall;
    }
}
