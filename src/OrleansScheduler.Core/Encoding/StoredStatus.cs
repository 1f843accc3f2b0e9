using OrleansScheduler.Actions;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Encoding;

/// <summary>The number that a kept run's status is stored as. It must never change, whatever becomes of the enum.</summary>
internal static class StoredStatus
{
    private const byte Completed = 16;
    private const byte Failed = 17;
    private const byte Timeout = 18;
    private const byte Aborted = 19;
    private const byte HostLost = 20;
    private const byte LeaseExpired = 21;

    public static byte Of(RunStatus status) => status switch
    {
        RunStatus.Completed => Completed,
        RunStatus.Failed => Failed,
        RunStatus.Timeout => Timeout,
        RunStatus.Aborted => Aborted,
        RunStatus.HostLost => HostLost,
        RunStatus.LeaseExpired => LeaseExpired,
        _ => throw new InvalidDataException($"a run that is {status} is not kept"),
    };

    /// <summary>The status of a run that ended with <paramref name="error"/>.</summary>
    public static RunStatus Read(byte stored, RunError? error) => stored switch
    {
        Completed => RunStatus.Completed,
        Failed => RunStatus.Failed,
        Timeout => RunStatus.Timeout,
        Aborted => RunStatus.Aborted,
        HostLost => RunStatus.HostLost,
        LeaseExpired => RunStatus.LeaseExpired,
        _ => ReadByPlace(stored, error),
    };

    // The place in the enum was stored once, and the enum then got a new first member. A space kept only runs that
    // completed, failed or ran out of time: 1, 2 and 3 before, 2, 3 and 4 after that.
    private static RunStatus ReadByPlace(byte stored, RunError? error) => stored switch
    {
        1 or 2 when error is null => RunStatus.Completed,
        2 => RunStatus.Failed,
        3 when error?.Code == ErrorCodes.Timeout => RunStatus.Timeout,
        3 => RunStatus.Failed,
        4 => RunStatus.Timeout,
        _ => throw new InvalidDataException($"{stored} is no status of a kept run"),
    };
}
