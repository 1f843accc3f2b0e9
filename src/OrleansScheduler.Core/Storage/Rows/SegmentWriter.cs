using System.Buffers;
using System.Collections.Immutable;
using OrleansScheduler.Core.Encoding;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>Decides which rows entries take that do not fit into the head.</summary>
/// <remarks>
/// Many segments are named by few references: twelve of one level become one of the next. So an append costs one segment, an
/// index in twelve of them, and never a list that grows.
/// </remarks>
internal static class SegmentWriter
{
    /// <summary>The segments of a journal after the entries from <paramref name="first"/> on were added.</summary>
    public static ImmutableArray<Segment> Add(
        ImmutableArray<Segment> segments, long first, EntryGroup entries, WritePlan plan, RowOptions options)
    {
        var all = segments.ToBuilder();
        var part = new List<ReadOnlyMemory<byte>>();
        long bytes = 0;
        long position = first;
        foreach (ReadOnlyMemory<byte> entry in entries.Split())
        {
            if (part.Count > 0 && bytes + EntryGroup.StoredBytes(entry) > options.ChunkBytesMax)
            {
                all.Add(Whole(part, position - part.Count, plan));
                part.Clear();
                bytes = 0;
            }

            if (EntryGroup.StoredBytes(entry) > options.ChunkBytesMax)
            {
                all.AddRange(Parts(entry, position, plan, options.ChunkBytesMax));
            }
            else
            {
                part.Add(entry);
                bytes += EntryGroup.StoredBytes(entry);
            }

            position++;
        }

        if (part.Count > 0)
        {
            all.Add(Whole(part, position - part.Count, plan));
        }

        Fold(all, plan, options.SegmentsPerLevel);
        return all.ToImmutable();
    }

    /// <summary>The segments that hold entries after a position. The rows of the others are released.</summary>
    public static ImmutableArray<Segment> After(ImmutableArray<Segment> segments, long position, WritePlan plan)
    {
        int covered = 0;
        while (covered < segments.Length && segments[covered].Last <= position)
        {
            plan.Released.AddRange(segments[covered].Rows);
            covered++;
        }

        return segments[covered..];
    }

    private static Segment Whole(List<ReadOnlyMemory<byte>> entries, long first, WritePlan plan)
    {
        EntryGroup group = EntryGroup.Of([.. entries]);
        StoredRow row = plan.Add(RowKind.Segment, output =>
        {
            var encoder = new BinaryEncoder(output);
            encoder.Number(first);
            encoder.Number(group.Count);
            output.Write(group.Bytes.Span);
        });
        return new Segment(row, 0, first + group.Count - 1, []);
    }

    // Every part is needed as long as its entry, so all have the same last position.
    private static IEnumerable<Segment> Parts(ReadOnlyMemory<byte> entry, long position, WritePlan plan, int bytesMax)
    {
        int parts = (entry.Length + bytesMax - 1) / bytesMax;
        for (int i = 0; i < parts; i++)
        {
            int part = i;
            ReadOnlyMemory<byte> bytes = entry.Slice(part * bytesMax, Math.Min(bytesMax, entry.Length - (part * bytesMax)));
            StoredRow row = plan.Add(RowKind.EntryPart, output =>
            {
                var encoder = new BinaryEncoder(output);
                encoder.Number(position);
                encoder.Number(part);
                encoder.Number(parts);
                output.Write(bytes.Span);
            });
            yield return new Segment(row, 0, position, []);
        }
    }

    // Levels only descend from the oldest segment to the newest, and folding the oldest of a level keeps that.
    private static void Fold(ImmutableArray<Segment>.Builder segments, WritePlan plan, int perLevel)
    {
        for (int level = 0; segments.Any(segment => segment.Level >= level); level++)
        {
            while (segments.Count(segment => segment.Level == level) >= perLevel)
            {
                int from = segments.ToList().FindIndex(segment => segment.Level == level);
                ImmutableArray<Segment> below = [.. segments.Skip(from).Take(perLevel)];
                StoredRow row = plan.Add(RowKind.SegmentIndex, output => WriteReferences(output, below));
                segments[from] = new Segment(row, level + 1, below[^1].Last, below);
                segments.RemoveRange(from + 1, perLevel - 1);
            }
        }
    }

    /// <summary>References to segments, as indexes and the head hold them.</summary>
    public static void WriteReferences(IBufferWriter<byte> output, ImmutableArray<Segment> segments)
    {
        var encoder = new BinaryEncoder(output);
        encoder.Number(segments.Length);
        foreach (Segment segment in segments)
        {
            encoder.Number(segment.Level);
            encoder.Number(segment.Last);
            encoder.Number(segment.Row.Number);
            encoder.Number(segment.Row.Sum);
        }
    }

    /// <summary>The counterpart of <see cref="WriteReferences"/>. What lies below them is still unknown.</summary>
    public static ImmutableArray<Segment> ReadReferences(RowReader reader)
    {
        var segments = ImmutableArray.CreateBuilder<Segment>();
        for (int count = reader.Count(); count > 0; count--)
        {
            int level = (int)reader.Number();
            long last = reader.Number();
            segments.Add(new Segment(reader.Reference(), level, last, []));
        }

        return segments.DrainToImmutable();
    }
}
