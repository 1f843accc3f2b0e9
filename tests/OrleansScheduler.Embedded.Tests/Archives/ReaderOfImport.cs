using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Embedded.Tests.Archives;

/// <summary>An archive at whose end another program begins to read the file that the import makes.</summary>
internal sealed class ReaderOfImport(byte[] archive, string folder) : MemoryStream(archive)
{
    private Database? _reader;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position == Length && _reader is null)
        {
            _reader = Database.Open(Path.Combine(folder, "scheduler.import"), readOnly: true);
            _reader.Execute("BEGIN; SELECT count(*) FROM journals");
        }

        return base.ReadAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        _reader?.Dispose();
        base.Dispose(disposing);
    }
}
