using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>Keeps a second store, of this process or another, out of a data folder. The system releases it with the process.</summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = "scheduler.lock";
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int NoSpaceLeft = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>True once a database was opened under the lock, with its tables committed: then an empty or missing file is not a new one.</summary>
    public bool IsUsed => _file.Length > 0;

    /// <summary>Creates the folder when it is missing, and locks it.</summary>
    /// <exception cref="StorageException"><see cref="ErrorCodes.StorageLocked"/> when the folder is in use,
    /// <see cref="ErrorCodes.StorageFull"/> when there is no room for the lock, else <see cref="ErrorCodes.StorageFailed"/>.</exception>
    public static FolderLock Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);

            // The file stays behind at the end: deleting it would let two processes lock two files of the same name.
            return new FolderLock(
                new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
            when (exception.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
        {
            var locked = new StorageException(
                ErrorCodes.StorageLocked, $"The data folder {folder} is open in another process or store.", false, exception);
            locked.With("folder", folder);
            throw locked;
        }
        catch (IOException exception) when (exception.HResult is NoSpaceLeft or WindowsDiskFull)
        {
            throw new StorageException(ErrorCodes.StorageFull, $"There is no room for the data folder {folder}: {exception.Message}", true, exception);
        }
        catch (Exception exception)
            when (exception is UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem })
        {
            throw new StorageException(
                ErrorCodes.StorageFailed, $"The data folder {folder} is read-only for this process: {exception.Message}", true, exception);
        }
        catch (IOException exception)
        {
            throw new StorageException(ErrorCodes.StorageFailed, $"{folder} cannot be locked: {exception.Message}", true, exception);
        }
    }

    /// <summary>Notes that there is a database. Its tables are committed: a first opening that ends before it leaves a new folder.</summary>
    public void Use()
    {
        if (IsUsed)
        {
            return;
        }

        _file.Write("Locked by the process that has scheduler.db open. Remove it only together with that file.\n"u8);
        _file.Flush(flushToDisk: true);
    }

    public void Dispose() => _file.Dispose();
}
