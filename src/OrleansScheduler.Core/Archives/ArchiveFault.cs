using System.Globalization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Archives;

/// <summary>The refusals of archives.</summary>
internal static class ArchiveFault
{
    /// <summary>A line does not hold what it should.</summary>
    /// <param name="line">From 1.</param>
    /// <param name="expected">What should be there.</param>
    /// <param name="inner">The cause, or null.</param>
    public static SchedulerException Invalid(long line, string expected, Exception? inner = null)
    {
        string number = line.ToString(CultureInfo.InvariantCulture);
        return new SchedulerException(ErrorCodes.ArchiveInvalid, $"The archive cannot be used: line {number}: expected {expected}.", inner: inner)
            .With("line", number).With("expected", expected);
    }

    /// <summary>A newer version wrote the archive.</summary>
    public static SchedulerException Newer(long format) =>
        new StorageException(
            ErrorCodes.StorageFormat,
            string.Create(CultureInfo.InvariantCulture, $"The archive has format {format}; this version knows {ArchiveFormat.Newest}."),
            isTransient: false)
        .With("format", format.ToString(CultureInfo.InvariantCulture))
        .With("known", ArchiveFormat.Newest.ToString(CultureInfo.InvariantCulture));
}
