namespace OrleansScheduler.Web.Commits;

/// <summary>A writer session that numbers the commits of clients without one. One commit uses it at a time.</summary>
/// <param name="session">The name of the session.</param>
internal sealed class WriterLane(string session)
{
    /// <summary>The name of the session.</summary>
    public string Session => session;

    /// <summary>The number of the next commit; the holder of the lane raises it.</summary>
    public long Next { get; set; } = 1;
}
