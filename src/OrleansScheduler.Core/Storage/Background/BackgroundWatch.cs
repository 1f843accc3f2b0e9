using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Core.Storage.Background;

/// <summary>What the actors of this process cannot write at the moment, for health.</summary>
/// <remarks>Actors tell it directly: what is pushed through the fan-out may be lost, and comes from other processes as well.</remarks>
internal sealed class BackgroundWatch(ILogger logger)
{
    private const int TroublesMax = 1_000;

    private ImmutableSortedDictionary<string, BackgroundTrouble> _troubles =
        ImmutableSortedDictionary.Create<string, BackgroundTrouble>(StringComparer.Ordinal);

    /// <summary>What cannot be written now; at most 1,000.</summary>
    public ImmutableArray<BackgroundTrouble> Troubles => [.. Volatile.Read(ref _troubles).Values];

    /// <summary>An actor of this process tells of its background writing; from any thread.</summary>
    public void Hear(StorageNews news)
    {
        string actor = $"{news.Kind}/{news.Key}";
        string name = $"{actor}/{news.Target}";
        ImmutableInterlocked.Update(ref _troubles, known =>
        {
            ImmutableSortedDictionary<string, BackgroundTrouble> rest = known.Remove(name);
            return news.Event == StorageNews.Degraded && rest.Count < TroublesMax
                ? rest.Add(name, new BackgroundTrouble(actor, news.Target, news.Reason!, news.Message!, news.At))
                : rest;
        });
        BackgroundLog.NewsHeard(logger, news.Event, news.Target);
    }

    /// <summary>An activation has ended: what it could not write is tried no more, and its next one begins with what is stored.</summary>
    public void Forget(string kind, string key)
    {
        string actor = $"{kind}/{key}";
        ImmutableInterlocked.Update(ref _troubles, known => known.RemoveRange(known.Where(pair => pair.Value.Actor == actor).Select(pair => pair.Key)));
    }
}
