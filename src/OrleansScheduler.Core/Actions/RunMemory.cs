using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Actions;

/// <summary>Makes of a kept run what is remembered of it: why it ran, with what it saw before and after.</summary>
internal static class RunMemory
{
    public static ActionRun Describe(Observation observation, Observation? before, AnsweredCauses answered)
    {
        var causes = ImmutableArray.CreateBuilder<Cause>();
        causes.AddRange(answered.Forcing.Take(ActionNode.RunCausesKept));
        foreach ((ReadKey key, ReadMark mark) in answered.Reads.OrderBy(read => read.Mark.Number).Take(ActionNode.RunCausesKept - causes.Count))
        {
            causes.Add(new ReadCause(
                mark.Number, key.Address, key.Depth, mark.Commit <= observation.Sequence ? mark.Commit : mark.First, Seen(before, key), Seen(observation, key)));
        }

        return new ActionRun(
            observation.Run,
            observation.Status,
            observation.StartedAt,
            observation.Duration,
            observation.Sequence,
            observation.Commit,
            causes.ToImmutable(),
            answered.Count,
            observation.Error);
    }

    public static SeenValue? Seen(Observation? observation, ReadKey key)
    {
        foreach (ConfirmedRead read in observation?.Reads ?? [])
        {
            if (read.Depth == key.Depth && read.Address.Equals(key.Address))
            {
                return new SeenValue(read.Sequence, read.Hash);
            }
        }

        return null;
    }
}
