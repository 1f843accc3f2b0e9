using System.Globalization;
using System.Text;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>Keeps the first and the last half of a stream that may be of any length.</summary>
internal sealed class OutputCapture
{
    private readonly byte[] _head;
    private readonly byte[] _tail;
    private long _count;

    /// <param name="bytesMax">Bytes that are kept.</param>
    public OutputCapture(int bytesMax)
    {
        _head = new byte[(bytesMax + 1) / 2];
        _tail = new byte[bytesMax / 2];
    }

    /// <summary>True when not everything was kept.</summary>
    public bool IsTruncated => _count > _head.Length + _tail.Length;

    /// <summary>Reads to the end, so that the writer never waits; what is beyond the limit is dropped.</summary>
    public async Task ReadAsync(Stream stream, CancellationToken cancellation)
    {
        byte[] buffer = new byte[16 << 10];
        try
        {
            while (await stream.ReadAsync(buffer, cancellation) is > 0 and int read)
            {
                Add(buffer.AsSpan(0, read));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException)
        {
            // What came until then is what is known.
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_count < _head.Length)
        {
            int first = (int)Math.Min(bytes.Length, _head.Length - _count);
            bytes[..first].CopyTo(_head.AsSpan((int)_count));
            _count += first;
            bytes = bytes[first..];
        }

        if (bytes.IsEmpty || _tail.Length == 0)
        {
            _count += bytes.Length;
            return;
        }

        if (bytes.Length > _tail.Length)
        {
            _count += bytes.Length - _tail.Length;
            bytes = bytes[^_tail.Length..];
        }

        int at = (int)((_count - _head.Length) % _tail.Length);
        int fits = Math.Min(bytes.Length, _tail.Length - at);
        bytes[..fits].CopyTo(_tail.AsSpan(at));
        bytes[fits..].CopyTo(_tail);
        _count += bytes.Length;
    }

    /// <summary>What was kept, as text: bytes that are no UTF-8 become U+FFFD, and a line in the middle says how much is missing.</summary>
    public override string ToString()
    {
        int head = (int)Math.Min(_count, _head.Length);
        if (!IsTruncated)
        {
            return Encoding.UTF8.GetString([.. _head.AsSpan(0, head), .. _tail.AsSpan(0, (int)(_count - head))]);
        }

        int from = _tail.Length == 0 ? 0 : (int)((_count - _head.Length) % _tail.Length);
        byte[] tail = [.. _tail.AsSpan(from), .. _tail.AsSpan(0, from)];
        long dropped = _count - _head.Length - _tail.Length;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Encoding.UTF8.GetString(WithoutCutEnd(_head))}\n[{dropped} bytes left out]\n{Encoding.UTF8.GetString(WithoutCutStart(tail))}");
    }

    // A character that the limit cut in two is left out rather than shown as a fault of the program.
    private static ReadOnlySpan<byte> WithoutCutStart(ReadOnlySpan<byte> bytes)
    {
        int skipped = 0;
        while (skipped < Math.Min(3, bytes.Length) && (bytes[skipped] & 0xC0) == 0x80)
        {
            skipped++;
        }

        return bytes[skipped..];
    }

    private static ReadOnlySpan<byte> WithoutCutEnd(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back <= Math.Min(4, bytes.Length); back++)
        {
            byte lead = bytes[^back];
            if ((lead & 0xC0) != 0x80)
            {
                int length = lead switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
                return length > back ? bytes[..^back] : bytes;
            }
        }

        return bytes;
    }
}
