using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Encoding;

/// <summary>The stored form of causes.</summary>
internal static class CauseEncoding
{
    public static void Cause(this BinaryEncoder encoder, Cause cause)
    {
        (byte tag, string? first, string? second) = cause switch
        {
            ReadCause => ((byte)1, null, null),
            FirstCause => ((byte)2, null, null),
            FingerprintCause fingerprint => ((byte)3, fingerprint.From, fingerprint.To),
            OccurrenceCause occurrence => ((byte)4, occurrence.Run.ToString(), null),
            ManualCause manual => ((byte)5, manual.Who, null),
            RetryCause => ((byte)6, null, null),
            UnknownCause unknown => ((byte)7, unknown.Reason, (string?)null),
            _ => throw new InvalidDataException($"no form for {cause.GetType().Name}"),
        };
        encoder.Byte(tag);
        encoder.Number(cause.Number);
        if (first is not null)
        {
            encoder.Text(first);
        }

        if (second is not null)
        {
            encoder.Text(second);
        }

        switch (cause)
        {
            case ReadCause read:
                encoder.Address(read.Address);
                encoder.Flag(read.Depth == Documents.ReadDepth.Shallow);
                encoder.Number(read.Commit);
                encoder.Seen(read.From);
                encoder.Seen(read.To);
                break;
            case RetryCause retry:
                encoder.Number(retry.Attempt);
                break;
        }
    }

    public static Cause Cause(this ref BinaryDecoder decoder)
    {
        byte tag = decoder.Byte();
        long number = decoder.Number();
        return tag switch
        {
            1 => new ReadCause(number, decoder.Address(), decoder.Depth(), decoder.Number(), decoder.Seen(), decoder.Seen()),
            2 => new FirstCause(number),
            3 => new FingerprintCause(number, decoder.Text(), decoder.Text()),
            4 => new OccurrenceCause(number, RunId.Parse(decoder.Text())),
            5 => new ManualCause(number, decoder.Text()),
            6 => new RetryCause(number, (int)decoder.Number()),
            7 => new UnknownCause(number, decoder.Text()),
            _ => throw new InvalidDataException($"{tag} is no kind of cause"),
        };
    }

    public static ImmutableArray<Cause> Causes(this ref BinaryDecoder decoder)
    {
        var causes = ImmutableArray.CreateBuilder<Cause>(decoder.Count());
        for (int left = causes.Capacity; left > 0; left--)
        {
            causes.Add(decoder.Cause());
        }

        return causes.MoveToImmutable();
    }

    private static void Seen(this BinaryEncoder encoder, SeenValue? seen)
    {
        encoder.Flag(seen is not null);
        if (seen is not null)
        {
            encoder.Number(seen.Sequence);
            encoder.Hash(seen.Hash);
        }
    }

    private static SeenValue? Seen(this ref BinaryDecoder decoder) =>
        decoder.Flag() ? new SeenValue(decoder.Number(), decoder.Hash()) : null;
}
