using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Core.Storage.Background;
using OrleansScheduler.Engine;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Embedded;

/// <summary>Listens to what actors tell of their background writing, so that health can show what is not written.</summary>
internal sealed class BackgroundWatch(ILogger logger) : IAsyncDisposable
{
    private const int TroublesMax = 1_000;

    private IAsyncDisposable? _subscription;
    private ImmutableSortedDictionary<string, BackgroundTrouble> _troubles =
        ImmutableSortedDictionary.Create<string, BackgroundTrouble>(StringComparer.Ordinal);

    /// <summary>What cannot be written now; at most 1,000.</summary>
    public ImmutableArray<BackgroundTrouble> Troubles => [.. Volatile.Read(ref _troubles).Values];

    public async Task BeginAsync(IEventFanout fanout, CancellationToken cancellation) =>
        _subscription = await fanout.SubscribeAsync(StorageNews.Topic, HearAsync, cancellation);

    public ValueTask DisposeAsync() => _subscription?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Called for one event after another, so there is one writer.
    private ValueTask HearAsync(ReadOnlyMemory<byte> payload)
    {
        StorageNews news = JsonSerializer.Deserialize<StorageNews>(payload.Span, ContractJson.Options)!;
        string actor = $"{news.Kind}/{news.Key}";
        string name = $"{actor}/{news.Target}";
        var troubles = _troubles.Remove(name);
        if (news.Event == StorageNews.Degraded && troubles.Count < TroublesMax)
        {
            troubles = troubles.Add(name, new BackgroundTrouble(actor, news.Target, news.Reason!, news.Message!, news.At));
        }

        Volatile.Write(ref _troubles, troubles);
        SchedulerLog.NewsHeard(logger, news.Event, news.Target);
        return ValueTask.CompletedTask;
    }
}
