namespace OrleansScheduler.Cli.Fakes;

/// <summary>A pipe that nobody reads any more.</summary>
internal sealed class BrokenPipe : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count) => throw new IOException("Broken pipe");

    public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");
}
