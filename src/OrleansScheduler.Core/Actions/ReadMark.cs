namespace OrleansScheduler.Core.Actions;

/// <summary>That the value of a read changed: the newest cause number and commit stand for all before them.</summary>
/// <param name="Number">The cause number.</param>
/// <param name="Commit">The sequence of the commit.</param>
/// <param name="Depth">How many runs lie between the commit and one from outside.</param>
internal readonly record struct ReadMark(long Number, long Commit, int Depth)
{
    /// <summary>The first commit that is not answered yet: a run may come between it and <see cref="Commit"/>.</summary>
    public long First { get; init; } = Commit;
}
