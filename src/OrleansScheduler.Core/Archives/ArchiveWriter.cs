using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Archives;

/// <summary>Writes an archive to a stream, line by line. All of its text is ASCII: other characters are escaped.</summary>
internal sealed class ArchiveWriter : IDisposable
{
    private const int ChunkBytes = 256 << 10;
    private const string InstantForm = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private readonly Stream _output;
    private readonly ArrayBufferWriter<byte> _waiting = new(2 * ChunkBytes);
    private readonly Utf8JsonWriter _json;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArchiveOrder _order = new();
    private long _lines;

    private ArchiveWriter(Stream output)
    {
        _output = output;
        _json = new Utf8JsonWriter(_waiting, new JsonWriterOptions { SkipValidation = true });
    }

    /// <summary>Writes everything that a source holds. Without the trailer, which comes last, what was written is no archive.</summary>
    /// <param name="source">What to write.</param>
    /// <param name="output">Where to.</param>
    /// <param name="progress">Told how many bytes are written so far; it may throw to end the export.</param>
    /// <param name="cancellation">Ends the export.</param>
    public static async Task<ArchiveTotals> WriteAsync(
        IArchiveSource source, Stream output, Action<long> progress, CancellationToken cancellation)
    {
        using var writer = new ArchiveWriter(output);
        return await writer.WriteAsync(source, progress, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _hash.Dispose();
    }

    private async Task<ArchiveTotals> WriteAsync(IArchiveSource source, Action<long> progress, CancellationToken cancellation)
    {
        long bytes = 0;
        WriteHeader(source.Header);
        await foreach (ArchivePart part in source.ReadAsync(cancellation))
        {
            // What a reader would refuse must not be taken for a backup.
            if (_order.Next(part) is { } expected)
            {
                throw new InvariantException($"The store gave a part out of order: expected {expected}.");
            }

            Write(part);
            if (_waiting.WrittenCount >= ChunkBytes)
            {
                bytes += await FlushAsync(cancellation);
                progress(bytes);
            }
        }

        if (_order.End() is { } missing)
        {
            throw new InvariantException($"The store did not give everything: expected {missing}.");
        }

        ArchiveTotals totals = _order.Totals with { Lines = _lines + 1, Damaged = source.Damaged };
        WriteTrailer(totals);
        bytes += await FlushAsync(cancellation);
        progress(bytes);
        return totals;
    }

    private async ValueTask<int> FlushAsync(CancellationToken cancellation)
    {
        int bytes = _waiting.WrittenCount;
        _hash.AppendData(_waiting.WrittenSpan);
        await _output.WriteAsync(_waiting.WrittenMemory, cancellation);
        _waiting.ResetWrittenCount();
        return bytes;
    }

    private void WriteHeader(ArchiveHeader header)
    {
        Begin("header");
        _json.WriteNumber("format", header.Format);
        _json.WriteString("product", header.Product);
        _json.WriteString("engine", header.Engine);
        _json.WriteNumber("epoch", header.Epoch);
        _json.WriteNumber("incarnation", header.Incarnation);
        _json.WriteString("at", Text(header.At));
        End();
    }

    private void Write(ArchivePart part)
    {
        switch (part)
        {
            case ArchivePart.Actor actor:
                Write(actor.Value);
                break;
            case ArchivePart.Page page:
                Write("page", page.Content, () => _json.WriteString("name", page.Name));
                break;
            case ArchivePart.Entry entry:
                Write("entry", entry.Content, () => _json.WriteNumber("position", entry.Position));
                break;
            case ArchivePart.State state:
                Write("state", state.Content, () => _json.WriteString("name", state.Name));
                break;
        }
    }

    private void Write(ArchiveActor actor)
    {
        Begin("actor");
        _json.WriteString("kind", actor.Kind);
        _json.WriteString("key", actor.Key);
        _json.WriteNumber("snapshot", actor.Snapshot);
        _json.WriteNumber("pages", actor.Pages);
        _json.WriteNumber("entries", actor.Entries);
        _json.WriteNumber("states", actor.States);
        if (actor.Wakeup is { } due)
        {
            _json.WriteString("wakeup", Text(due));
        }

        End();
    }

    private void Write(string kind, ReadOnlyMemory<byte> content, Action writeName)
    {
        int of = Math.Max(1, (content.Length + ArchiveFormat.PartBytesMax - 1) / ArchiveFormat.PartBytesMax);
        for (int part = 1; part <= of; part++)
        {
            int from = (part - 1) * ArchiveFormat.PartBytesMax;
            Begin(kind);
            writeName();
            if (of > 1)
            {
                _json.WriteNumber("part", part);
                _json.WriteNumber("of", of);
            }

            _json.WriteBase64String("content", content.Span[from..Math.Min(content.Length, from + ArchiveFormat.PartBytesMax)]);
            End();
        }
    }

    private void WriteTrailer(ArchiveTotals totals)
    {
        Begin("trailer");
        _json.WriteNumber("lines", totals.Lines);
        _json.WriteNumber("actors", totals.Actors);
        _json.WriteNumber("pages", totals.Pages);
        _json.WriteNumber("entries", totals.Entries);
        _json.WriteNumber("states", totals.States);
        _json.WriteNumber("wakeups", totals.Wakeups);
        _json.WriteStartArray("damaged");
        foreach (ArchiveDamage damage in totals.Damaged)
        {
            _json.WriteStartObject();
            _json.WriteString("actor", damage.Actor);
            _json.WriteString("row", damage.Row);
            _json.WriteString("reason", damage.Reason);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.Flush();

        // The object is left open: what is before its last member is what the member is the hash of.
        _hash.AppendData(_waiting.WrittenSpan);
        string sum = Convert.ToHexStringLower(_hash.GetHashAndReset());
        _waiting.Write(ArchiveFormat.HashMember(sum));
        _waiting.Write("\n"u8);
        _json.Reset();
        _lines++;
    }

    private void Begin(string kind)
    {
        _json.WriteStartObject();
        _json.WriteString(ArchiveFormat.Line, kind);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _waiting.Write("\n"u8);
        _lines++;
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(InstantForm, CultureInfo.InvariantCulture);
}
