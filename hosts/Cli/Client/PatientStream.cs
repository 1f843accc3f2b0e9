namespace OrleansScheduler.Cli.Client;

/// <summary>A stream that says when something came. For reading only.</summary>
/// <param name="inner">What is read.</param>
/// <param name="onRead">Told after each piece.</param>
internal sealed class PatientStream(Stream inner, Action onRead) : ReadOnlyStream
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken);
        onRead();
        return read;
    }
}
