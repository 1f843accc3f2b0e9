using System.Text.Json;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Engine;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Storage.Background;

/// <summary>Tells the log, the health of this process, and whoever listens now, when background writing of an actor begins to fail, when it succeeds again, and when it was given up.</summary>
internal sealed class BackgroundNews(IActorContext context, BackgroundWatch watch, ILogger logger)
{
    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);
    private bool _isForgottenAtEnd;

    /// <summary>A try has failed, or newer changes came after one. Health hears all of it; the log and listeners hear of the first.</summary>
    public void Failing(BackgroundFailure failure)
    {
        watch.Note(context.Kind, context.Key, failure, context.Time.GetUtcNow());
        ForgetAtEnd();
        if (!_failing.Add(failure.Key))
        {
            return;
        }

        BackgroundLog.Degraded(logger, context.Kind, context.Key, failure.Key, failure.Reason, failure.Message);
        _ = TellAsync(new StorageNews(StorageNews.Degraded, context.Kind, context.Key, failure.Key, failure.Reason, failure.Message, context.Time.GetUtcNow()));
    }

    /// <summary>A write has succeeded after failures.</summary>
    public void Recovered(BackgroundRequest request)
    {
        _failing.Remove(request.Key);
        BackgroundLog.Recovered(logger, context.Kind, context.Key, request.Key);
        _ = TellAsync(new StorageNews(StorageNews.Recovered, context.Kind, context.Key, request.Key, null, null, context.Time.GetUtcNow()));
    }

    /// <summary>The actor ends, and this is not written.</summary>
    public Task LostAsync(BackgroundFailure failure) =>
        TellAsync(new StorageNews(StorageNews.Lost, context.Kind, context.Key, failure.Key, failure.Reason, failure.Message, context.Time.GetUtcNow()));

    private void ForgetAtEnd()
    {
        // An activation that ends with a fault says nothing more, and one that has ended may still have been writing.
        if (!_isForgottenAtEnd || context.Stopping.IsCancellationRequested)
        {
            _isForgottenAtEnd = true;
            context.Stopping.UnsafeRegister(static told => ((BackgroundNews)told!).Forget(), this);
        }
    }

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
