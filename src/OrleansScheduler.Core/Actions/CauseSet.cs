using System.Runtime.InteropServices;
using OrleansScheduler.Actions;

namespace OrleansScheduler.Core.Actions;

/// <summary>The causes of one action. It is dirty while there is one.</summary>
/// <remarks>Bounded: one read cause per address that the observation names, one of each forcing kind, and ten manual ones: the first nine and the newest.</remarks>
internal sealed class CauseSet
{
    private const int ManualMax = 10;

    private readonly List<Cause> _forcing = [];
    private readonly Dictionary<ReadKey, ReadMark> _reads = [];

    public bool IsEmpty => _forcing.Count == 0 && _reads.Count == 0;

    public int Count => _forcing.Count + _reads.Count;

    public IReadOnlyList<Cause> Forcing => _forcing;

    public IReadOnlyDictionary<ReadKey, ReadMark> Reads => _reads;

    /// <summary>True when nothing but a failed run asks for the next one.</summary>
    public bool IsRetryOnly => _reads.Count == 0 && _forcing is [RetryCause];

    public void AddRead(ReadKey key, ReadMark mark)
    {
        ref ReadMark known = ref CollectionsMarshal.GetValueRefOrAddDefault(_reads, key, out bool exists);
        known = exists ? mark with { First = known.First } : mark;
    }

    public void Add(Cause cause)
    {
        if (cause is not ManualCause)
        {
            _forcing.RemoveAll(other => other.GetType() == cause.GetType());
        }
        else if (_forcing.Count(other => other is ManualCause) >= ManualMax)
        {
            // The newest two are answered by the same run. The oldest may be why a run is under way, and that run has to tell.
            _forcing.Remove(_forcing.Last(other => other is ManualCause));
        }

        _forcing.Add(cause);
    }

    /// <summary>Removes what a run answered: forcing causes up to a number, read causes up to the sequence that it read at.</summary>
    /// <remarks>A value that changed before the run and again during it made it run, and is still to be looked at afterwards.</remarks>
    public AnsweredCauses Answer(long causeHigh, long sequence)
    {
        List<Cause> forcing = _forcing.FindAll(cause => cause.Number <= causeHigh);
        _forcing.RemoveAll(cause => cause.Number <= causeHigh);
        List<(ReadKey Key, ReadMark Mark)> reads = [];
        foreach ((ReadKey key, ReadMark mark) in _reads)
        {
            if (mark.First <= sequence)
            {
                reads.Add((key, mark));
            }
        }

        foreach ((ReadKey key, ReadMark mark) in reads)
        {
            if (mark.Commit <= sequence)
            {
                _reads.Remove(key);
            }
            else
            {
                _reads[key] = mark with { First = mark.Commit };
            }
        }

        return new AnsweredCauses(forcing, reads);
    }

    public void ClearReads() => _reads.Clear();
}
