using Microsoft.Extensions.Logging;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Engine;

/// <summary>Tells another actor something until it has heard it. What is told is in the teller's state, so that a crash repeats it.</summary>
/// <remarks>Only the newest state counts for the listener, so one announcement at a time is enough: it is an outbox of one.</remarks>
/// <param name="context">The activation.</param>
/// <param name="isOwed">Whether there is something to tell.</param>
/// <param name="tell">Tells it, and notes in the state that it was heard.</param>
/// <param name="logger">Where failures go.</param>
internal sealed class Announcer(IActorContext context, Func<bool> isOwed, Func<Task> tell, ILogger logger)
{
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(60);

    private bool _telling;
    private int _failures;

    /// <summary>True while an announcement is on its way.</summary>
    public bool IsTelling => _telling;

    /// <summary>Begins telling, if something is owed and nothing is on its way.</summary>
    public void Start()
    {
        if (!_telling && isOwed())
        {
            _telling = true;
            _ = TellAsync();
        }
    }

    private async Task TellAsync()
    {
        try
        {
            // The announcement may change again while it is told: then it is told again.
            while (isOwed() && !context.Stopping.IsCancellationRequested)
            {
                await tell();
            }

            _failures = 0;
            _telling = false;
        }
        catch (SchedulerException stop) when (stop.Code == ErrorCodes.Stopping && context.Stopping.IsCancellationRequested)
        {
            // The next activation tells it.
        }
        catch (Exception fault)
        {
            EngineLog.AnnouncementFailed(logger, context.Kind, context.Key, _failures + 1, fault);
            double seconds = Math.Min(Math.Pow(2, _failures++), PauseMax.TotalSeconds);
            if (!context.Stopping.IsCancellationRequested)
            {
                context.StartTimer(TimeSpan.FromSeconds(seconds), TellAsync);
            }
        }
    }
}
