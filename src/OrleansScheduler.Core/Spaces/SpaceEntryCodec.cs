using System.Buffers;
using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Encoding;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Spaces;

/// <summary>The stored form of a space's entries, format 1: a tag, then the members in order.</summary>
internal sealed class SpaceEntryCodec : IEntryCodec<SpaceEntry>
{
    public byte Format => 1;

    public void Write(SpaceEntry entry, IBufferWriter<byte> output)
    {
        var encoder = new BinaryEncoder(output);
        switch (entry)
        {
            case SpaceEntry.Committed committed:
                encoder.Byte(1);
                encoder.Text(committed.Session);
                encoder.Number(committed.LocalSequence);
                encoder.Hash(committed.Payload);
                encoder.Instant(committed.At);
                encoder.Operations(committed.Operations);
                break;
            case SpaceEntry.Registered registered:
                encoder.Byte(2);
                encoder.Many(registered.Actions, static (e, action) =>
                {
                    e.Text(action.Id.ToString());
                    e.Definition(action.Definition);
                    e.Text(action.Implementation);
                });
                break;
            case SpaceEntry.Unregistered unregistered:
                encoder.Byte(3);
                encoder.Text(unregistered.Action.ToString());
                break;
            case SpaceEntry.Revised revised:
                encoder.Byte(4);
                encoder.Many(revised.Actions, static (e, action) =>
                {
                    e.Text(action.Action.ToString());
                    e.Text(action.Implementation);
                });
                break;
            case SpaceEntry.Marked marked:
                encoder.Byte(5);
                encoder.Text(marked.Action.ToString());
                encoder.Text(marked.Who);
                break;
            case SpaceEntry.Verified verified:
                encoder.Byte(6);
                encoder.Many(verified.Actions, static (e, action) => e.Text(action.ToString()));
                break;
            case SpaceEntry.Landed landed:
                encoder.Byte(7);
                encoder.Result(landed.Result);
                encoder.Text(landed.Implementation);
                encoder.Instant(landed.At);
                break;
            case SpaceEntry.Announced:
                encoder.Byte(8);
                break;
            case SpaceEntry.EpochBegan began:
                encoder.Byte(9);
                encoder.Number(began.Sequence);
                break;
            default:
                throw new InvalidDataException($"no form for {entry.GetType().Name}");
        }
    }

    public SpaceEntry Read(ReadOnlyMemory<byte> content, byte format)
    {
        var decoder = new BinaryDecoder(content.Span);
        return decoder.Byte() switch
        {
            1 => new SpaceEntry.Committed(decoder.Text(), decoder.Number(), decoder.Hash(), decoder.Instant(), decoder.Operations()),
            2 => ReadRegistered(ref decoder),
            3 => new SpaceEntry.Unregistered(ActionId.Parse(decoder.Text())),
            4 => ReadRevised(ref decoder),
            5 => new SpaceEntry.Marked(ActionId.Parse(decoder.Text()), decoder.Text()),
            6 => ReadVerified(ref decoder),
            7 => new SpaceEntry.Landed(decoder.Result(), decoder.Text(), decoder.Instant()),
            8 => new SpaceEntry.Announced(),
            9 => new SpaceEntry.EpochBegan(decoder.Number()),
            byte other => throw new InvalidDataException($"{other} is no kind of entry"),
        };
    }

    private static SpaceEntry.Registered ReadRegistered(ref BinaryDecoder decoder)
    {
        var actions = ImmutableArray.CreateBuilder<BoundAction>(decoder.Count());
        for (int left = actions.Capacity; left > 0; left--)
        {
            actions.Add(new BoundAction(ActionId.Parse(decoder.Text()), decoder.Definition(), decoder.Text()));
        }

        return new SpaceEntry.Registered(actions.MoveToImmutable());
    }

    private static SpaceEntry.Revised ReadRevised(ref BinaryDecoder decoder)
    {
        var actions = ImmutableArray.CreateBuilder<(ActionId, string)>(decoder.Count());
        for (int left = actions.Capacity; left > 0; left--)
        {
            actions.Add((ActionId.Parse(decoder.Text()), decoder.Text()));
        }

        return new SpaceEntry.Revised(actions.MoveToImmutable());
    }

    private static SpaceEntry.Verified ReadVerified(ref BinaryDecoder decoder)
    {
        var actions = ImmutableArray.CreateBuilder<ActionId>(decoder.Count());
        for (int left = actions.Capacity; left > 0; left--)
        {
            actions.Add(ActionId.Parse(decoder.Text()));
        }

        return new SpaceEntry.Verified(actions.MoveToImmutable());
    }
}
