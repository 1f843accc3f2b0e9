using Microsoft.AspNetCore.Connections;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Hosting;

/// <summary>What the process ends with; the one table from failures to exit codes of all hosts.</summary>
internal static class ExitCodes
{
    /// <summary>It did what was asked, and stopped in order.</summary>
    public const int Success = 0;

    /// <summary>It failed for a reason that has no code of its own.</summary>
    public const int Failure = 1;

    /// <summary>Its arguments or its address are not accepted.</summary>
    public const int Usage = 2;

    /// <summary>Another process has the data folder.</summary>
    public const int StorageLocked = 3;

    /// <summary>The data, or the schema that it is kept in, is not of a version that this program knows.</summary>
    public const int StorageFormat = 4;

    /// <summary>Another process has the port.</summary>
    public const int PortInUse = 5;

    /// <summary>The definitions have faults, or the engine refused some.</summary>
    public const int Definitions = 6;

    /// <summary>The archive to import is cut off or was changed.</summary>
    public const int ArchiveInvalid = 7;

    /// <summary>The folder to import into holds data already.</summary>
    public const int NotEmpty = 8;

    /// <summary>The exit code of a failure.</summary>
    public static int Of(Exception fault) => fault switch
    {
        UsageException => Usage,
        DefinitionsException => Definitions,
        SchedulerException { Code: ErrorCodes.StorageLocked } => StorageLocked,
        SchedulerException { Code: ErrorCodes.StorageFormat } => StorageFormat,
        SchedulerException { Code: ErrorCodes.ArchiveInvalid } => ArchiveInvalid,
        SchedulerException { Code: ErrorCodes.DeploymentNotEmpty } => NotEmpty,
        AddressInUseException => PortInUse,
        { InnerException: { } inner } => Of(inner),
        _ => Failure,
    };
}
