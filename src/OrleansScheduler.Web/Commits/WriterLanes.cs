using System.Collections.Concurrent;
using System.Globalization;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Commits;

/// <summary>Numbers the commits of clients that do not number them.</summary>
/// <remarks>
/// A space forgets a session's numbers that lie far below its last. With one counter for all, a commit that is overtaken by
/// many others, perhaps of other spaces, would be refused for that. So each commit under way has a session to itself, which
/// it hands back when it is over; there are as many sessions as there ever were such commits at once.
/// </remarks>
internal sealed class WriterLanes(ProcessIdentity process)
{
    private readonly ConcurrentStack<WriterLane> _free = new();
    private int _lanes;

    /// <summary>A lane that nobody else has until it is returned.</summary>
    public WriterLane Rent() => _free.TryPop(out var lane) ? lane : new WriterLane(NameOf(Interlocked.Increment(ref _lanes)));

    /// <summary>Hands a lane back, also when its commit failed or was not awaited.</summary>
    public void Return(WriterLane lane) => _free.Push(lane);

    private string NameOf(int number) =>
        number == 1 ? process.Name : string.Create(CultureInfo.InvariantCulture, $"{process.Name}.{number}");
}
