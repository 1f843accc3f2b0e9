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

    /// <summary>An actor of this process cannot write something; from any thread.</summary>
    public void Note(string kind, string key, BackgroundFailure failure, DateTimeOffset now)
    {
        var trouble = new BackgroundTrouble(
            $"{kind}/{key}", failure.Key, failure.Reason, failure.Message, failure.HasNewerChanges, now - failure.UnsavedFor, failure.Attempts);
        string name = NameOf(kind, key, failure.Key);
        ImmutableInterlocked.Update(ref _troubles, known => known.Count < TroublesMax || known.ContainsKey(name) ? known.SetItem(name, trouble) : known);
    }

    /// <summary>What is told of background writing: unless it fails, it is no trouble any more; from any thread.</summary>
    public void Hear(StorageNews news)
    {
        if (news.Event != StorageNews.Degraded)
        {
            ImmutableInterlocked.Update(ref _troubles, known => known.Remove(NameOf(news.Kind, news.Key, news.Target)));
        }

        BackgroundLog.NewsHeard(logger, news.Event, news.Target);
    }

    /// <summary>An activation has ended: what it could not write is tried no more, and its next one begins with what is stored.</summary>
    public void Forget(string kind, string key)
    {
        string actor = $"{kind}/{key}";
        ImmutableInterlocked.Update(ref _troubles, known => known.RemoveRange(known.Where(pair => pair.Value.Actor == actor).Select(pair => pair.Key)));
    }

    private static string NameOf(string kind, string key, string target) => $"{kind}/{key}/{target}";
}
