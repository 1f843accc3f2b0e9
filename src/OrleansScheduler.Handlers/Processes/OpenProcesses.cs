namespace OrleansScheduler.Handlers.Processes;

/// <summary>Holds on to processes, so that a signal cannot reach another one that got a number meanwhile.</summary>
internal sealed class OpenProcesses
{
    private readonly List<(ProcessStat Process, int Descriptor)> _open = [];

    /// <summary>Opens those of the processes that are still the same.</summary>
    public OpenProcesses(IEnumerable<ProcessStat> processes)
    {
        foreach (ProcessStat process in processes)
        {
            int descriptor = NativeProcesses.OpenProcess(process.Pid);
            bool isSame = ProcessTable.Find(process.Pid) is { } now && now.StartTime == process.StartTime;
            if (isSame)
            {
                _open.Add((process, descriptor));
            }
            else if (descriptor >= 0)
            {
                NativeProcesses.CloseDescriptor(descriptor);
            }
        }
    }

    /// <param name="signal">The signal.</param>
    /// <param name="exceptGroup">Who is in that group got it already; 0 for nobody.</param>
    public void Signal(int signal, int exceptGroup)
    {
        foreach ((ProcessStat process, int descriptor) in _open.Where(open => open.Process.Group != exceptGroup))
        {
            // Without descriptors, on an old kernel, the number has to do: it was the right one a moment ago.
            _ = descriptor >= 0 ? NativeProcesses.SignalProcess(descriptor, signal) : NativeProcesses.Signal(process.Pid, signal);
        }
    }

    /// <summary>Waits until all have ended or the time is over, then lets go of them. Nothing else may be called after it.</summary>
    public Task WaitAndCloseAsync(TimeSpan limit) =>

        // The wait blocks a thread, so it gets one of its own.
        Task.Factory.StartNew(
            () =>
            {
                int[] descriptors = [.. _open.Where(open => open.Descriptor >= 0).Select(open => open.Descriptor)];
                NativeProcesses.WaitForAll(descriptors, limit);
                foreach (int descriptor in descriptors)
                {
                    NativeProcesses.CloseDescriptor(descriptor);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
}
