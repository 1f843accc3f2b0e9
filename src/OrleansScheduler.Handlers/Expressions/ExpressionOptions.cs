using System.Collections.Immutable;

namespace OrleansScheduler.Handlers.Expressions;

/// <summary>How expressions are evaluated. Setting an option outside of its range throws <see cref="ArgumentOutOfRangeException"/>.</summary>
public sealed record ExpressionOptions
{
    /// <summary>The command that starts a worker, the program first. Empty, the default, is this very program, which must call
    /// <see cref="HandlerWorker.TryRun"/> first. <see cref="HandlerWorker.Argument"/> is added at the end.</summary>
    public ImmutableArray<string> WorkerCommand { get; init; } = [];

    /// <summary>Worker processes at most, and thus evaluations at once; 1 to 64, default 2. They start when they are needed.</summary>
    public int WorkersMax { get; init => field = OptionRange.Within(value, 1, 64); } = 2;

    /// <summary>Evaluations that may wait for a worker; 0 to 100,000, default 100. Above: <c>expression_busy</c>.</summary>
    public int WaitersMax { get; init => field = OptionRange.Within(value, 0, 100_000); } = 100;

    /// <summary>Evaluations after which a worker is replaced; 1 to 1,000,000, default 1,000.</summary>
    public int EvaluationsPerWorkerMax { get; init => field = OptionRange.Within(value, 1, 1_000_000); } = 1_000;

    /// <summary>Managed heap of a worker in bytes; 32 MiB to 4 GiB, default 64 MiB. Above: <c>expression_memory</c>.</summary>
    public long HeapBytesMax { get; init => field = OptionRange.Within(value, 32L << 20, 4L << 30); } = 64 << 20;

    /// <summary>Length of a script in UTF-8 bytes; 1 to 1 MiB, default 64 KiB. Above: <c>request_invalid</c>.</summary>
    public int ScriptBytesMax { get; init => field = OptionRange.Within(value, 1, 1 << 20); } = 64 << 10;

    /// <summary>Length of all reads of one evaluation as JSON in bytes; 1 to 16 MiB, default 1 MiB. Above: <c>expression_too_large</c>.</summary>
    /// <remarks>In a script a value takes ten to a hundred times its length in JSON: raise the heap along with it.</remarks>
    public int InputBytesMax { get; init => field = OptionRange.Within(value, 1, 16 << 20); } = 1 << 20;

    /// <summary>Length of a result as JSON in bytes; 1 to 4 MiB, default 1 MiB. Above: <c>expression_too_large</c>.</summary>
    public int OutputBytesMax { get; init => field = OptionRange.Within(value, 1, 4 << 20); } = 1 << 20;

    /// <summary>How long a worker may take to start; 1 s to 10 min, default 30 s. Above: <c>expression_worker_failed</c>.</summary>
    public TimeSpan StartTimeMax { get; init => field = OptionRange.Within(value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)); } = TimeSpan.FromSeconds(30);
}
