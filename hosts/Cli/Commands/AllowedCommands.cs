using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Commands;

/// <summary>Allows several commands, one after another: a refusal of one does not stop the others, unless all would meet it.</summary>
/// <param name="session">The session.</param>
internal sealed class AllowedCommands(Session session)
{
    private const int NoteCharsMax = 2_000;
    private readonly List<(string Schedule, CliException Fault)> _refused = [];
    private int _allowed;

    /// <summary>Whether a schedule waits for its command to be allowed, rather than for whoever paused it.</summary>
    public static bool Waits(ScheduleDetail detail) =>
        detail.State == ScheduleState.Paused && detail.Definition.InitialPause is { } reason && detail.Reason == reason;

    /// <summary>Allows the command of a schedule and resumes the schedule, unless somebody paused it for another reason.</summary>
    /// <param name="schedule">Its name.</param>
    /// <param name="hash">The command that was shown; another one is refused.</param>
    /// <param name="note">What is kept with the permission.</param>
    /// <param name="cancellation">Stops before the next one.</param>
    public Task AllowWaitingAsync(string schedule, string hash, string note, CancellationToken cancellation) => TryAsync(schedule, async () =>
    {
        var detail = (await session.Client.GetScheduleAsync(schedule, cancellation)).Read<ScheduleDetail>();
        if (detail.State == ScheduleState.Paused && !Waits(detail))
        {
            session.Tell($"{schedule} was left as it is: {detail.ChangedBy ?? "somebody"} paused it ({detail.Reason}).");
            return;
        }

        await SendAsync(schedule, hash, note, cancellation);
    });

    /// <summary>Allows the command of a schedule and resumes the schedule.</summary>
    /// <inheritdoc cref="AllowWaitingAsync"/>
    public Task AllowAsync(string schedule, string hash, string note, CancellationToken cancellation) =>
        TryAsync(schedule, () => SendAsync(schedule, hash, note, cancellation));

    /// <summary>Ends the work.</summary>
    /// <exception cref="CliException">The first refusal, with all of them.</exception>
    public void Finish()
    {
        if (_refused is [var (schedule, first), ..])
        {
            string message = _refused.Count == 1
                ? $"{schedule}: {first.Message}"
                : $"{Words.Of(_refused.Count)} of {Words.Of(_refused.Count + _allowed)} commands were not allowed.";
            throw new CliException(first.Code, message)
            {
                Status = first.Status,
                Faults = _refused.Count == 1
                    ? []
                    : [.. _refused.Select(refused => new DefinitionFault($"{refused.Fault.Code}: {refused.Fault.Message}", Field: refused.Schedule))],
            };
        }
    }

    private async Task SendAsync(string schedule, string hash, string note, CancellationToken cancellation)
    {
        string kept = note.Length > NoteCharsMax ? note[..NoteCharsMax] : note;
        var answer = await session.Client.AllowAsync(schedule, hash, kept, session.Who, cancellation);
        session.Show<ScheduleDetail>(answer, detail =>
            session.Screen.Line($"Allowed {schedule} ({hash}): {Words.Of(detail.State)}, next {Words.Of(detail.NextInstant) ?? "at the next start, or never"}."));
        _allowed++;
    }

    private async Task TryAsync(string schedule, Func<Task> allow)
    {
        try
        {
            await allow();
        }
        catch (CliException fault) when (fault.Exit is ExitCode.Refused or ExitCode.NotFound)
        {
            _refused.Add((schedule, fault));
        }
    }
}
