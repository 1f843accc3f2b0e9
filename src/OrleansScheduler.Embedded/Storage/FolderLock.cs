using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>Keeps a second store, of this process or another, out of a data folder. The system releases it with the process.</summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = "scheduler.lock";
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="StorageException"><see cref="ErrorCodes.StorageLocked"/> when the folder is in use, else
    /// <see cref="ErrorCodes.StorageFailed"/>.</exception>
    public static FolderLock Take(string folder)
    {
        try
        {
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
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(ErrorCodes.StorageFailed, $"{folder} cannot be locked: {exception.Message}", true, exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
