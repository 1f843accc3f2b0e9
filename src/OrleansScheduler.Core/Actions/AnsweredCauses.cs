using OrleansScheduler.Actions;

namespace OrleansScheduler.Core.Actions;

/// <summary>The causes that a run answered.</summary>
internal sealed record AnsweredCauses(List<Cause> Forcing, List<(ReadKey Key, ReadMark Mark)> Reads)
{
    public int Count => Forcing.Count + Reads.Count;
}
