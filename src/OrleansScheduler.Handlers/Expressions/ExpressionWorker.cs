using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Expressions;

/// <summary>One worker process, as its pool sees it. It serves one evaluation at a time.</summary>
internal sealed class ExpressionWorker : IAsyncDisposable
{
    private const int AnswerOverheadBytes = 64 << 10;
    private const int ComplaintBytesMax = 4 << 10;
    private const string Shell = "/bin/sh";

    private readonly ExpressionOptions _options;
    private readonly TimeProvider _time;
    private readonly Process _process;
    private readonly Task<string> _complaint;

    private ExpressionWorker(ExpressionOptions options, TimeProvider time, Process process)
    {
        _options = options;
        _time = time;
        _process = process;
        _complaint = ReadComplaintAsync(process.StandardError.BaseStream);
    }

    /// <summary>The process; for tests.</summary>
    public int Pid => _process.Id;

    /// <summary>How many evaluations it was given.</summary>
    public int Evaluations { get; private set; }

    /// <summary>True when it may be given another evaluation.</summary>
    public bool IsUsable { get; private set; } = true;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a process and waits until it is ready.</summary>
    public static async Task<ExpressionWorker> StartAsync(ExpressionOptions options, TimeProvider time, CancellationToken cancellation)
    {
        Process process;
        try
        {
            process = Process.Start(StartInfo(options))!;
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException)
        {
            throw Failed($"A worker process did not start: {fault.Message}", fault);
        }

        var worker = new ExpressionWorker(options, time, process);
        try
        {
            WorkerAnswer ready = await worker.AnswerAsync(
                options.StartTimeMax, cancellation, () => Failed($"A worker process was not ready after {options.StartTimeMax}."));
            return ready.Code is null ? worker : throw Failed(ready.Message);
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Evaluates, and kills the process when it takes longer than the limit or is cancelled.</summary>
    public async Task<WorkerAnswer> EvaluateAsync(ReadOnlyMemory<byte> request, TimeSpan limit, CancellationToken cancellation)
    {
        Evaluations++;
        IsUsable = false;
        Task send = SendAsync(request, cancellation);
        WorkerAnswer answer = await AnswerAsync(
            limit, cancellation, () => new SchedulerException(HandlerErrorCodes.ExpressionTimeout, $"The script ran for more than {limit} and was killed."));
        await send;
        IsUsable = !answer.IsLast && Evaluations < _options.EvaluationsPerWorkerMax;
        return answer;
    }

    /// <summary>Ends the process, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        await _complaint;
        _process.Dispose();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        try
        {
            await WorkerFrames.WriteAsync(_process.StandardInput.BaseStream, request, cancellation);
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process is gone or is being ended; the answer that does not come tells why.
        }
    }

    private async Task<WorkerAnswer> AnswerAsync(TimeSpan limit, CancellationToken cancellation, Func<SchedulerException> overdue)
    {
        using var late = new CancellationTokenSource(limit, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            byte[]? answer = await WorkerFrames.ReadAsync(
                _process.StandardOutput.BaseStream, _options.OutputBytesMax + AnswerOverheadBytes, stop.Token);
            return answer is null ? throw await DeathAsync(null) : WorkerAnswer.Parse(answer);
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw await DeathAsync(overdue());
        }
        catch (Exception fault) when (fault is InvalidDataException || (fault is SchedulerException { Code: var code } && code.StartsWith("json_", StringComparison.Ordinal)))
        {
            throw Failed($"A worker process gave an answer that makes no sense: {fault.Message}", fault);
        }
    }

    /// <summary>Ends the process and finds in its last words why it died; without any it was as is assumed.</summary>
    private async Task<SchedulerException> DeathAsync(SchedulerException? assumed)
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        string complaint = await _complaint;
        if (complaint.Contains("Stack overflow", StringComparison.OrdinalIgnoreCase))
        {
            return new SchedulerException(HandlerErrorCodes.ExpressionTooDeep, "The script is nested, or calls itself, too deeply.");
        }

        if (complaint.Contains("Out of memory", StringComparison.OrdinalIgnoreCase) || complaint.Contains("OutOfMemory", StringComparison.Ordinal))
        {
            return new SchedulerException(HandlerErrorCodes.ExpressionMemory, "The script needs more memory than it may use.");
        }

        string code = _process.ExitCode.ToString(CultureInfo.InvariantCulture);
        string words = complaint.Length > 500 ? complaint[..500] : complaint;
        return assumed ?? Failed($"A worker process ended with {code} instead of answering. {words}".TrimEnd());
    }

    private static SchedulerException Failed(string message, Exception? inner = null) =>
        new(HandlerErrorCodes.ExpressionWorkerFailed, message, isTransient: true, inner);

    // To the end, so that the process never blocks on it; only the beginning is kept.
    private static async Task<string> ReadComplaintAsync(Stream stream)
    {
        byte[] kept = new byte[ComplaintBytesMax];
        byte[] rest = new byte[16 << 10];
        int count = 0;
        try
        {
            while (await stream.ReadAsync(count < kept.Length ? kept.AsMemory(count) : rest) is > 0 and int read)
            {
                count = Math.Min(count + read, kept.Length);
            }
        }
        catch (IOException)
        {
            // What came until then is what is known.
        }

        return Encoding.UTF8.GetString(kept, 0, count);
    }

    private static ProcessStartInfo StartInfo(ExpressionOptions options)
    {
        string[] command = [.. options.WorkerCommand.IsDefaultOrEmpty ? OwnCommand() : [.. options.WorkerCommand], HandlerWorker.Argument];

        // The managed heap has a limit of its own; the address space bounds what is outside of it, and there is no core file.
        if (OperatingSystem.IsLinux() && File.Exists(Shell))
        {
            long kibibytes = ((2L << 30) + (6 * options.HeapBytesMax)) >> 10;
            string limits = string.Create(CultureInfo.InvariantCulture, $"ulimit -c 0; ulimit -v {kibibytes} 2>/dev/null; exec \"$@\"");
            command = [Shell, "-c", limits, "worker", .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        KeepOnlyWhatIsNeeded(start.Environment);
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x" + options.HeapBytesMax.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        start.Environment[HandlerWorker.EnvironmentMark] = "1";
        return start;
    }

    // A host's environment holds secrets that a script has no business with, were it ever to get out of its interpreter.
    private static void KeepOnlyWhatIsNeeded(IDictionary<string, string?> environment)
    {
        foreach (string name in environment.Keys.ToArray())
        {
            bool isNeeded = name is "PATH" or "HOME" or "TMPDIR" or "TMP" or "TEMP" or "LD_LIBRARY_PATH"
                || name.StartsWith("DOTNET_ROOT", StringComparison.OrdinalIgnoreCase)
                || name.Equals("SystemRoot", StringComparison.OrdinalIgnoreCase)
                || name.Equals("Path", StringComparison.OrdinalIgnoreCase);
            if (!isNeeded)
            {
                environment.Remove(name);
            }
        }
    }

    private static string[] OwnCommand()
    {
        string program = Environment.ProcessPath ?? throw Failed("This process does not know its own program.");
        if (!Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            return [program];
        }

        // The location is empty in a single file only, and that is not started by dotnet.
        string entry = Environment.GetCommandLineArgs()[0];
        return [program, entry];
    }
}
