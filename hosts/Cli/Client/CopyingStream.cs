namespace OrleansScheduler.Cli.Client;

/// <summary>A stream that copies what is read from it.</summary>
/// <param name="inner">What is read.</param>
/// <param name="copy">Gets every piece.</param>
internal sealed class CopyingStream(Stream inner, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> copy) : ReadOnlyStream
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken);
        if (read > 0)
        {
            await copy(buffer[..read], cancellationToken);
        }

        return read;
    }
}
