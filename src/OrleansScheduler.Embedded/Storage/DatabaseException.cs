using OrleansScheduler.Errors;
using SQLitePCL;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>A result code of SQLite, before somebody who knows the circumstances translates it.</summary>
internal sealed class DatabaseException(int code, string message) : Exception($"SQLite {code}: {message}")
{
    /// <summary>The extended result code.</summary>
    public int Code => code;

    /// <summary>True when the file's structure is damaged, or it is no database.</summary>
    public bool IsCorrupt => Primary is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    private int Primary => code & 0xff;

    public StorageException ToStorage() => Primary == raw.SQLITE_FULL
        ? new StorageException(ErrorCodes.StorageFull, $"The disk or the file's page limit is exhausted: {Message}", true, this)
        : new StorageException(ErrorCodes.StorageFailed, $"Storage failed: {Message}", !IsCorrupt, this);
}
