namespace OrleansScheduler.Core.Archives;

/// <summary>Puts together what is spread over several lines.</summary>
internal sealed class ArchiveAssembly
{
    private ArchivePart? _open;
    private byte[] _content = [];
    private long _parts;
    private long _of;

    /// <summary>What the lines so far began; null when nothing is open.</summary>
    public ArchivePart? Open => _open;

    /// <summary>Takes a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="part">What it is of, without content.</param>
    /// <returns>The whole part; null while more is to come.</returns>
    /// <exception cref="Errors.SchedulerException"><c>archive_invalid</c>.</exception>
    public ArchivePart? Take(ArchiveLine line, ArchivePart part)
    {
        bool isSplit = line.Has("part") || line.Has("of");
        long of = isSplit ? line.Number("of", 2, ArchiveFormat.ContentBytesMax) : 1;
        long number = isSplit ? line.Number("part", 1, of) : 1;
        if (number != _parts + 1 || (_open is not null && (of != _of || _open != part)))
        {
            throw line.Expected(_open is null ? "the first part of a content" : $"part {_parts + 1} of {_of} of what the line before began");
        }

        byte[] content = line.Content();
        if (_content.Length + (long)content.Length > ArchiveFormat.ContentBytesMax)
        {
            throw line.Expected($"a content of at most {ArchiveFormat.ContentBytesMax} bytes");
        }

        _content = _content.Length == 0 ? content : [.. _content, .. content];
        (_open, _parts, _of) = (part, number, of);
        if (number < of)
        {
            return null;
        }

        ArchivePart whole = With(part, _content);
        (_open, _parts, _content) = (null, 0, []);
        return whole;
    }

    private static ArchivePart With(ArchivePart part, byte[] content) => part switch
    {
        ArchivePart.Page page => page with { Content = content },
        ArchivePart.Entry entry => entry with { Content = content },
        ArchivePart.State state => state with { Content = content },
        _ => part,
    };
}
