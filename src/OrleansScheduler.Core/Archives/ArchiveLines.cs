namespace OrleansScheduler.Core.Archives;

/// <summary>Cuts a stream into lines of bounded length.</summary>
internal sealed class ArchiveLines(Stream stream)
{
    private const int ChunkBytes = 256 << 10;
    private const byte LineFeed = (byte)'\n';

    private byte[] _buffer = new byte[ChunkBytes];
    private int _start;
    private int _end;

    /// <summary>The number of the last line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Bytes of all lines so far, line feeds included.</summary>
    public long Bytes { get; private set; }

    /// <summary>The next line without its line feed, valid until the next call; null at the end.</summary>
    /// <exception cref="Errors.SchedulerException"><c>archive_invalid</c> for a line that is too long or has no end.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellation)
    {
        for (int searched = 0; ;)
        {
            int at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(LineFeed);
            if (at >= 0)
            {
                return Take(searched + at);
            }

            searched = _end - _start;
            if (searched > ArchiveFormat.LineBytesMax)
            {
                throw ArchiveFault.Invalid(Number + 1, $"a line of at most {ArchiveFormat.LineBytesMax} bytes");
            }

            MakeRoom();
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
            if (read == 0)
            {
                return searched == 0 ? null : throw ArchiveFault.Invalid(Number + 1, "a line feed at its end; the archive is cut off");
            }

            _end += read;
        }
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, length);
        _start += length + 1;
        Number++;
        Bytes += length + 1;
        return line;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
