using System.Text.Json;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Engine;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Storage.Background;

/// <summary>Tells the log, the health of this process, and whoever listens now, when background writing of an actor begins to fail, when it succeeds again, and when it was given up.</summary>
internal sealed class BackgroundNews(IActorContext context, BackgroundWatch watch, ILogger logger)
{
    private bool _isForgottenAtEnd;

    /// <summary>The first failure of a key.</summary>
    public void Degraded(BackgroundFailure failure)
    {
        BackgroundLog.Degraded(logger, context.Kind, context.Key, failure.Key, failure.Reason, failure.Message);
        _ = TellAsync(new StorageNews(StorageNews.Degraded, context.Kind, context.Key, failure.Key, failure.Reason, failure.Message, context.Time.GetUtcNow()));

        // An activation that ends with a fault says nothing more, and one that has ended may still have been writing.
        if (!_isForgottenAtEnd || context.Stopping.IsCancellationRequested)
        {
            _isForgottenAtEnd = true;
            context.Stopping.UnsafeRegister(static told => ((BackgroundNews)told!).Forget(), this);
        }
    }

    /// <summary>A write has succeeded after failures.</summary>
    public void Recovered(BackgroundRequest request)
    {
        BackgroundLog.Recovered(logger, context.Kind, context.Key, request.Key);
        _ = TellAsync(new StorageNews(StorageNews.Recovered, context.Kind, context.Key, request.Key, null, null, context.Time.GetUtcNow()));
    }

    /// <summary>The actor ends, and this is not written.</summary>
    public Task LostAsync(BackgroundFailure failure) =>
        TellAsync(new StorageNews(StorageNews.Lost, context.Kind, context.Key, failure.Key, failure.Reason, failure.Message, context.Time.GetUtcNow()));

    private void Forget() => watch.Forget(context.Kind, context.Key);

    // Nobody may hear what is pushed: what lasts is in the log.
    private async Task TellAsync(StorageNews news)
    {
        watch.Hear(news);
        try
        {
            await context.Fanout.PublishAsync(StorageNews.Topic, JsonSerializer.SerializeToUtf8Bytes(news, ContractJson.Options), CancellationToken.None);
        }
        catch (Exception fault)
        {
            BackgroundLog.Untold(logger, news.Event, fault);
        }
    }
}
