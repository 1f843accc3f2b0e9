using System.Threading.Channels;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Core.Tests.Fakes;

/// <summary>Keeps what is published, for a test to read.</summary>
internal sealed class NotingFanout : IEventFanout
{
    private readonly Channel<string> _published = Channel.CreateUnbounded<string>();

    public ValueTask<string> NextAsync() => _published.Reader.ReadAsync();

    public ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
        _published.Writer.WriteAsync(System.Text.Encoding.UTF8.GetString(payload.Span), cancellation);

    public ValueTask<IAsyncDisposable> SubscribeAsync(
        string topic, Func<ReadOnlyMemory<byte>, ValueTask> onEvent, CancellationToken cancellation) => throw new NotSupportedException();
}
