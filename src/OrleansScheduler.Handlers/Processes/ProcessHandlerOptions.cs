namespace OrleansScheduler.Handlers.Processes;

/// <summary>What processes may run and how they end. A value outside of its range throws <see cref="ArgumentOutOfRangeException"/>.</summary>
public sealed record ProcessHandlerOptions
{
    /// <summary>What may run. Null, the default, allows nothing: every run fails with <c>command_not_allowed</c>.</summary>
    public ICommandPermissions? Permissions { get; init; }

    /// <summary>Where the processes are recorded. Its survivors are to be ended before the first run.</summary>
    public required ProcessLedger Ledger { get; init; }

    /// <summary>What processes get between SIGTERM and SIGKILL; 0 to 10 min, default 5 s.</summary>
    public TimeSpan TerminationGrace { get; init => field = OptionRange.Within(value, TimeSpan.Zero, TimeSpan.FromMinutes(10)); } = TimeSpan.FromSeconds(5);

    /// <summary>What a program's left-over processes get, after the program itself has ended, before they are ended; 0 to 10 min, default 2 s.</summary>
    public TimeSpan BackgroundGrace { get; init => field = OptionRange.Within(value, TimeSpan.Zero, TimeSpan.FromMinutes(10)); } = TimeSpan.FromSeconds(2);
}
