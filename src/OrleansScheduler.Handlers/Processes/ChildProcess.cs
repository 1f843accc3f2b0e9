using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>A recorded process, from its start to the end of all that it started.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1);

    private readonly ProcessHandlerOptions _options;
    private readonly TimeProvider _time;
    private readonly Process _process;
    private readonly LedgerEntry _entry;
    private readonly TreeEnder? _tree;
    private bool _isOver;

    private ChildProcess(ProcessHandlerOptions options, TimeProvider time, Process process, LedgerEntry entry)
    {
        _options = options;
        _time = time;
        _process = process;
        _entry = entry;
        _tree = OperatingSystem.IsLinux() ? new TreeEnder(entry.Identity) : null;
        _tree?.TrustRoot();
    }

    /// <summary>Its number.</summary>
    public int Pid => _process.Id;

    /// <summary>Starts the gate and records it. The program does not run before <see cref="RunAsync"/>.</summary>
    /// <remarks>Outside of Linux there is no gate: the program starts at once and is recorded right after.</remarks>
    public static async Task<ChildProcess> StartAsync(
        ProcessCommand command, ProcessHandlerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        Process process = Start(command);
        LedgerEntry entry;
        try
        {
            entry = new LedgerEntry(IdentityOf(process, command.Mark), command.Run, command.Program);
            await options.Ledger.AddAsync(entry, cancellation);
        }
        catch (Exception fault)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw Failed($"The process of {command.Program} could not be recorded: {fault.Message}", fault);
        }

        return new ChildProcess(options, time, process, entry);
    }

    /// <summary>Lets the program go and waits for its end, or ends it when that is cancelled. It does not throw for either.</summary>
    public async Task<ProcessOutcome> RunAsync(string input, int outputBytesMax, CancellationToken cancellation)
    {
        using var stop = new CancellationTokenSource();
        var output = new OutputCapture(outputBytesMax);
        var errors = new OutputCapture(outputBytesMax);
        Task reads = Task.WhenAll(
            output.ReadAsync(_process.StandardOutput.BaseStream, stop.Token), errors.ReadAsync(_process.StandardError.BaseStream, stop.Token));
        Task send = SendAsync(input, stop.Token);

        bool isAborted = !await ExitAsync(cancellation);
        TreeEnding ending = isAborted ? await EndTreeAsync() : await EndBackgroundAsync(reads, cancellation);
        await BoundedAsync(reads, DrainTime, CancellationToken.None);
        await stop.CancelAsync();
        await Task.WhenAll(reads, send);
        await _process.WaitForExitAsync(CancellationToken.None);
        return new ProcessOutcome(
            _process.Id,
            _process.ExitCode,
            output.ToString(),
            errors.ToString(),
            output.IsTruncated || errors.IsTruncated,
            isAborted,
            isAborted ? [] : ending.Ended,
            ending.Left);
    }

    /// <summary>Ends what still lives, and forgets the process unless something could not be ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isOver)
        {
            await EndTreeAsync();
        }

        _process.Dispose();
    }

    private static Process Start(ProcessCommand command)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return Process.Start(command.ToProgram())!;
            }

            string setsid = ProgramPath.Find("setsid", null, "/") ?? throw Failed("The program setsid is missing on this machine.");
            string shell = ProgramPath.Find("sh", null, "/") ?? throw Failed("The program sh is missing on this machine.");
            return Process.Start(command.ToGate(setsid, shell))!;
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException or IOException)
        {
            throw Failed($"{command.Program} did not start: {fault.Message}", fault);
        }
    }

    private static ProcessIdentity IdentityOf(Process process, string mark)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new ProcessIdentity(process.Id, process.StartTime.ToUniversalTime().Ticks, "", mark);
        }

        ProcessStat stat = ProcessTable.Find(process.Id) ?? throw new InvalidOperationException("it has ended already");
        return new ProcessIdentity(process.Id, stat.StartTime, ProcessTable.BootId(), mark);
    }

    private async Task SendAsync(string input, CancellationToken cancellation)
    {
        try
        {
            Stream stream = _process.StandardInput.BaseStream;
            byte[] bytes = Encoding.UTF8.GetBytes(_tree is null ? input : "go\n" + input);
            await stream.WriteAsync(bytes, cancellation);
            await stream.FlushAsync(cancellation);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // The program need not read what it is given.
        }

        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // As above.
        }
    }

    private async Task<bool> ExitAsync(CancellationToken cancellation)
    {
        try
        {
            await _process.WaitForExitAsync(cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The program has ended. What it left in the background gets a while to end, then it is ended.</summary>
    private async Task<TreeEnding> EndBackgroundAsync(Task reads, CancellationToken cancellation)
    {
        if (_tree is null)
        {
            // Whoever still holds the outputs has lost its parent, by which alone it could be found.
            await BoundedAsync(reads, _options.BackgroundGrace, cancellation);
            return EndRecord(new TreeEnding([], []));
        }

        List<ProcessStat> left = _tree.Find(ownsSession: true);
        Task gone = left.Count == 0 ? Task.CompletedTask : new OpenProcesses(left).WaitAndCloseAsync(_options.BackgroundGrace);
        await BoundedAsync(Task.WhenAll(reads, gone), _options.BackgroundGrace, cancellation);
        return await EndTreeAsync();
    }

    private async Task<TreeEnding> EndTreeAsync()
    {
        if (_tree is not null)
        {
            return EndRecord(await _tree.EndAsync(_options.TerminationGrace));
        }

        try
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
            return EndRecord(new TreeEnding([_process.Id], []));
        }
        catch (Exception fault) when (fault is Win32Exception or AggregateException)
        {
            return EndRecord(new TreeEnding([], [_process.Id]));
        }
    }

    private TreeEnding EndRecord(TreeEnding ending)
    {
        _isOver = true;
        if (ending.Left.IsEmpty)
        {
            _options.Ledger.Remove(_entry);
        }

        return ending;
    }

    private async Task BoundedAsync(Task task, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            await task.WaitAsync(limit, _time, cancellation);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            // It had its time.
        }
    }

    private static SchedulerException Failed(string message, Exception? inner = null) =>
        new(HandlerErrorCodes.ProcessStartFailed, message, isTransient: inner is IOException, inner);
}
