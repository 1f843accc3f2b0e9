using System.Runtime.InteropServices;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>The calls of Linux that .NET does not offer.</summary>
internal static class NativeProcesses
{
    public const int Terminate = 15;
    public const int Kill = 9;

    // The same numbers on every architecture.
    private const int OpenNumber = 434;
    private const int SignalNumber = 424;
    private const short Readable = 1;
    private const int Interrupted = 4;

    /// <summary>A descriptor that stays with one process, whoever gets its number later; negative when there is no such process, or none
    /// can be had (before Linux 5.3).</summary>
    public static int OpenProcess(int pid) => (int)SystemCall(OpenNumber, pid, 0, 0, 0);

    public static bool SignalProcess(int descriptor, int signal) => SystemCall(SignalNumber, descriptor, signal, 0, 0) == 0;

    /// <summary>Sends a signal to a process, or to a group by its negative number.</summary>
    public static bool Signal(int pid, int signal) => SendSignal(pid, signal) == 0;

    public static uint EffectiveUser() => GetEffectiveUser();

    public static void CloseDescriptor(int descriptor) => _ = Close(descriptor);

    /// <summary>Blocks until all of those processes have ended or the time is over; true for the former.</summary>
    public static bool WaitForAll(IEnumerable<int> descriptors, TimeSpan limit)
    {
        long end = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        List<PollEntry> open = [.. descriptors.Select(descriptor => new PollEntry { Descriptor = descriptor, Events = Readable })];
        while (open.Count > 0)
        {
            long left = Math.Max(0, end - Environment.TickCount64);
            PollEntry[] entries = [.. open];
            int ready = Poll(entries, (nuint)entries.Length, (int)Math.Min(left, int.MaxValue));
            if (ready < 0 && Marshal.GetLastPInvokeError() == Interrupted)
            {
                continue;
            }

            if (ready <= 0)
            {
                return false;
            }

            open = [.. entries.Where(entry => entry.Returned == 0)];
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static extern nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int pid, int signal);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint GetEffectiveUser();

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static extern int Poll([In, Out] PollEntry[] entries, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
