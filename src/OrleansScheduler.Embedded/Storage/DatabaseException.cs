using OrleansScheduler.Errors;
using SQLitePCL;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>A result code of SQLite, before somebody who knows the circumstances translates it.</summary>
internal sealed class DatabaseException(int code, string message) : Exception($"SQLite {code}: {message}")
{
    /// <summary>The memory that connections share could not grow; it lies in a file beside the data.</summary>
    private const int SharedMemoryDoesNotGrow = raw.SQLITE_IOERR | (19 << 8);

    /// <summary>The extended result code.</summary>
    public int Code => code;

    /// <summary>True when the file's structure is damaged, or it is no database.</summary>
    public bool IsCorrupt => Primary is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    private int Primary => code & 0xff;

    /// <summary>The exception as callers of the store may see it.</summary>
    public StorageException ToStorage() => Primary switch
    {
        raw.SQLITE_FULL => Full(),
        raw.SQLITE_IOERR when code == SharedMemoryDoesNotGrow => Full(),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Of(ErrorCodes.StorageLocked, "Another program holds a lock on the file"),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => Of(ErrorCodes.StorageFailed, "The file or its folder is read-only"),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Of(ErrorCodes.StorageFailed, "The file is damaged", isTransient: false),
        _ => Of(ErrorCodes.StorageFailed, "Storage failed"),
    };

    private StorageException Full() => Of(ErrorCodes.StorageFull, "The disk or the file's page limit is exhausted");

    private StorageException Of(string errorCode, string what, bool isTransient = true) =>
        new(errorCode, $"{what}: {Message}", isTransient, this);
}
