using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace OrleansScheduler.Core.Archives;

/// <summary>Reads an archive from a stream, and lets nothing pass that does not fit together.</summary>
/// <remarks>Needs memory for one page or state, whatever the length of the archive.</remarks>
internal sealed class ArchiveReader
{
    private readonly ArchiveLines _lines;
    private readonly IArchiveSink _sink;
    private readonly ArchiveOrder _order = new();
    private readonly ArchiveAssembly _assembly = new();
    private readonly Dictionary<string, long> _kinds = new(StringComparer.Ordinal);

    private ArchiveReader(Stream stream, IArchiveSink sink) => (_lines, _sink) = (new ArchiveLines(stream), sink);

    /// <summary>Hands everything to a sink. Only when the task completes was the archive whole and sound.</summary>
    /// <exception cref="Errors.SchedulerException"><c>archive_invalid</c> with <c>line</c> and <c>expected</c>; <c>storage_format</c>
    /// when a newer version wrote it.</exception>
    public static Task<ArchiveSummary> ReadAsync(Stream stream, IArchiveSink sink, CancellationToken cancellation) =>
        new ArchiveReader(stream, sink).ReadAsync(cancellation);

    private async Task<ArchiveSummary> ReadAsync(CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (await _lines.NextAsync(cancellation) is not { } first)
        {
            throw ArchiveFault.Invalid(1, "the header; the archive is empty");
        }

        ArchiveHeader header = ReadHeader(first);
        _sink.Begin(header);
        Add(hash, first);
        while (await _lines.NextAsync(cancellation) is { } line)
        {
            if (line.Span.StartsWith(ArchiveFormat.TrailerStart))
            {
                return await EndAsync(header, line, hash, cancellation);
            }

            Take(line);
            Add(hash, line);
            await _sink.ReadyAsync(cancellation);
        }

        throw ArchiveFault.Invalid(_lines.Number + 1, "the trailer; the archive is cut off");
    }

    private ArchiveHeader ReadHeader(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = ArchiveLine.Parse(1, utf8);
        var line = new ArchiveLine(1, document.RootElement);
        if (line.Kind != "header")
        {
            throw line.Expected("the header");
        }

        // What a newer version has besides its number is its own business.
        long format = line.Number("format", 1);
        if (format > ArchiveFormat.Newest)
        {
            throw ArchiveFault.Newer(format);
        }

        line.Only("line", "format", "product", "engine", "epoch", "incarnation", "at");
        return new ArchiveHeader(
            (int)format,
            line.Text("product", ArchiveFormat.NameCharactersMax),
            line.Text("engine", ArchiveFormat.NameCharactersMax),
            line.Number("epoch", 1, ArchiveFormat.EpochMax),
            line.Number("incarnation", 0),
            line.Instant("at") ?? throw line.Expected("'at'"));
    }

    private void Take(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = ArchiveLine.Parse(_lines.Number, utf8);
        var line = new ArchiveLine(_lines.Number, document.RootElement);
        ArchivePart? whole = line.Kind switch
        {
            "actor" when _assembly.Open is null => ReadActor(line),
            "page" => ReadNamed(line, name => new ArchivePart.Page(name, default)),
            "state" => ReadNamed(line, name => new ArchivePart.State(name, default)),
            "entry" => ReadEntry(line),
            _ => throw line.Expected("an actor, a page, an entry, a state or the trailer"),
        };
        if (whole is null)
        {
            return;
        }

        if (_order.Next(whole) is { } expected)
        {
            throw line.Expected(expected);
        }

        if (whole is ArchivePart.Actor { Value.Kind: var kind })
        {
            _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
        }

        _sink.Take(whole);
    }

    private static ArchivePart.Actor ReadActor(ArchiveLine line)
    {
        line.Only("line", "kind", "key", "snapshot", "pages", "entries", "states", "wakeup");
        return new ArchivePart.Actor(new ArchiveActor(
            line.Text("kind"),
            line.Text("key"),
            line.Number("snapshot", 0),
            line.Number("pages", 0),
            line.Number("entries", 0),
            line.Number("states", 0),
            line.Instant("wakeup")));
    }

    private ArchivePart? ReadNamed(ArchiveLine line, Func<string, ArchivePart> part)
    {
        line.Only("line", "name", "part", "of", "content");
        return _assembly.Take(line, part(line.Text("name", ArchiveFormat.NameCharactersMax)));
    }

    private ArchivePart? ReadEntry(ArchiveLine line)
    {
        line.Only("line", "position", "part", "of", "content");
        return _assembly.Take(line, new ArchivePart.Entry(line.Number("position", 1), default));
    }

    private async Task<ArchiveSummary> EndAsync(
        ArchiveHeader header, ReadOnlyMemory<byte> utf8, IncrementalHash hash, CancellationToken cancellation)
    {
        long number = _lines.Number;
        string sum = CheckHash(utf8, hash);
        ArchiveTotals totals = ReadTotals(utf8);
        if (_assembly.Open is not null)
        {
            throw ArchiveFault.Invalid(number, "the rest of what the line before began");
        }

        if (_order.End() is { } missing)
        {
            throw ArchiveFault.Invalid(number, missing);
        }

        if (totals with { Damaged = [] } != _order.Totals with { Lines = number, Damaged = [] })
        {
            throw ArchiveFault.Invalid(number, $"the trailer to say what the archive holds, {_order.Totals with { Lines = number }}");
        }

        if (await _lines.NextAsync(cancellation) is not null)
        {
            throw ArchiveFault.Invalid(number + 1, "nothing after the trailer");
        }

        return new ArchiveSummary(header, totals, _kinds.ToImmutableSortedDictionary(StringComparer.Ordinal), _lines.Bytes, sum);
    }

    // The hash is over every byte before its own member, those of the trailer included.
    private string CheckHash(ReadOnlyMemory<byte> trailer, IncrementalHash hash)
    {
        int at = Math.Max(0, trailer.Length - ArchiveFormat.HashMemberBytes);
        hash.AppendData(trailer.Span[..at]);
        string sum = Convert.ToHexStringLower(hash.GetHashAndReset());
        return trailer.Span[at..].SequenceEqual(ArchiveFormat.HashMember(sum))
            ? sum
            : throw ArchiveFault.Invalid(_lines.Number, $"sha256 {sum}, which is that of the archive; some of it was changed");
    }

    private ArchiveTotals ReadTotals(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = ArchiveLine.Parse(_lines.Number, utf8);
        var line = new ArchiveLine(_lines.Number, document.RootElement);
        line.Only("line", "lines", "actors", "pages", "entries", "states", "wakeups", "damaged", "sha256");
        var damaged = ImmutableArray.CreateBuilder<ArchiveDamage>();
        foreach (JsonElement item in line.Items("damaged"))
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw line.Expected("'damaged' to hold objects");
            }

            var one = new ArchiveLine(_lines.Number, item);
            one.Only("actor", "row", "reason");
            damaged.Add(new ArchiveDamage(one.Text("actor"), one.Text("row"), one.Text("reason")));
        }

        return new ArchiveTotals(
            line.Number("lines", 2), line.Number("actors", 0), line.Number("pages", 0), line.Number("entries", 0),
            line.Number("states", 0), line.Number("wakeups", 0), damaged.ToImmutable());
    }

    private static void Add(IncrementalHash hash, ReadOnlyMemory<byte> line)
    {
        hash.AppendData(line.Span);
        hash.AppendData("\n"u8);
    }
}
