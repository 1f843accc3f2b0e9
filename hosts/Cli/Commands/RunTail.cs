using System.Collections.Immutable;
using System.Text.Json;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Commands;

/// <summary>Prints each run that has ended once, oldest first.</summary>
/// <param name="session">The session.</param>
/// <param name="schedule">Only its runs; null for all.</param>
internal sealed class RunTail(Session session, string? schedule)
{
    private const int PageRuns = 100;
    private const int PagesMax = 10;
    private const int FailuresMax = 30;

    // What was on the newest pages lately. Anything older is no longer asked for.
    private const int KnownMax = 4 * PageRuns * PagesMax;

    private readonly HashSet<RunId> _known = [];
    private readonly Queue<RunId> _order = new();
    private int _failures;

    /// <summary>Prints the last ones.</summary>
    public async Task BeginAsync(int count, CancellationToken cancellation)
    {
        var page = await ReadPageAsync(null, cancellation);
        ImmutableArray<RunLine> ended = Ended(page.Runs);
        Remember(ended);
        Print(ended.Take(count));
    }

    /// <summary>Prints what ends from now on, until it is cancelled.</summary>
    /// <param name="interval">How long to wait before the server is asked again.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CliException">The server failed too often in a row.</exception>
    public async Task FollowAsync(TimeSpan interval, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(interval, session.Time, cancellation);
            await PollAsync(cancellation);
        }
    }

    private async Task PollAsync(CancellationToken cancellation)
    {
        try
        {
            Print(await NewAsync(cancellation));
            _failures = 0;
        }
        catch (CliException fault) when (fault.Exit is ExitCode.Unreachable or ExitCode.Overloaded && ++_failures < FailuresMax)
        {
            if (_failures == 1)
            {
                session.Tell($"{fault.Message} Asking again.");
            }
        }
    }

    // Behind a page without anything new there can only be what is known.
    private async Task<ImmutableArray<RunLine>> NewAsync(CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<RunLine>();
        string? cursor = null;
        for (int page = 0; page < PagesMax; page++)
        {
            var answer = await ReadPageAsync(cursor, cancellation);
            ImmutableArray<RunLine> fresh = [.. Ended(answer.Runs).Where(line => !_known.Contains(line.Run.Run))];
            Remember(fresh);
            found.AddRange(fresh);
            cursor = answer.Next;
            if (fresh.IsEmpty || cursor is null)
            {
                return found.ToImmutable();
            }
        }

        session.Tell($"More than {Words.Of(PageRuns * PagesMax)} runs ended since the last look; older ones are left out.");
        return found.ToImmutable();
    }

    private async Task<Page> ReadPageAsync(string? cursor, CancellationToken cancellation)
    {
        var query = new Query().Add("schedule", schedule).Add("limit", PageRuns).Add("cursor", cursor);
        var answer = await session.Client.ListRunsAsync(query, cancellation);
        var runs = answer.Read<RunPage>();
        using var document = JsonDocument.Parse(answer.Utf8);
        string[] texts = [.. document.RootElement.GetProperty("runs").EnumerateArray().Select(run => run.GetRawText())];
        return new Page([.. runs.Runs.Zip(texts, (run, text) => new RunLine(run, text))], runs.Next);
    }

    private static ImmutableArray<RunLine> Ended(ImmutableArray<RunLine> runs) =>
        [.. runs.Where(line => line.Run.EndedAt is not null).OrderByDescending(line => line.Run.EndedAt)];

    private void Remember(ImmutableArray<RunLine> lines)
    {
        foreach (var line in lines.Reverse().Where(line => _known.Add(line.Run.Run)))
        {
            _order.Enqueue(line.Run.Run);
            if (_order.Count > KnownMax)
            {
                _known.Remove(_order.Dequeue());
            }
        }
    }

    private void Print(IEnumerable<RunLine> lines)
    {
        foreach (var line in lines.OrderBy(line => line.Run.EndedAt))
        {
            if (session.Json)
            {
                session.Print(line.Text);
            }
            else
            {
                RunView.Tail(session.Screen, line.Run);
            }
        }
    }

    private sealed record RunLine(ScheduleRun Run, string Text);

    private sealed record Page(ImmutableArray<RunLine> Runs, string? Next);
}
