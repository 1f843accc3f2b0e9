namespace OrleansScheduler.Handlers.Files;

/// <summary>Where and how much the file handler may read and write. A value outside of its range throws <see cref="ArgumentOutOfRangeException"/>.</summary>
public sealed record FileHandlerOptions
{
    /// <summary>The folder below which all files lie; it is created when it is missing. Relative to the current directory.</summary>
    public required string Root { get; init; }

    /// <summary>Content of one write in bytes; 1 to 1 GiB, default 16 MiB. Above: <c>content_too_large</c>.</summary>
    public int WriteBytesMax { get; init => field = OptionRange.Within(value, 1, 1 << 30); } = 16 << 20;

    /// <summary>Size of a file that is read in bytes; 1 to 16 MiB, default 4 MiB. Above: <c>file_too_large</c>.</summary>
    public int ReadBytesMax { get; init => field = OptionRange.Within(value, 1, 16 << 20); } = 4 << 20;
}
