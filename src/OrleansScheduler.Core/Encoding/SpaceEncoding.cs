using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;
using PatchOperation = OrleansScheduler.Spaces.PatchOperation;

namespace OrleansScheduler.Core.Encoding;

/// <summary>The stored form of what a space's entries and pages are made of.</summary>
internal static class SpaceEncoding
{
    public static void Many<T>(this BinaryEncoder encoder, ImmutableArray<T> items, Action<BinaryEncoder, T> write)
    {
        encoder.Number(items.Length);
        foreach (T item in items)
        {
            write(encoder, item);
        }
    }

    public static void Addresses(this BinaryEncoder encoder, ImmutableArray<Address> addresses) =>
        encoder.Many(addresses, static (e, address) => e.Address(address));

    public static ImmutableArray<Address> Addresses(this ref BinaryDecoder decoder)
    {
        var addresses = ImmutableArray.CreateBuilder<Address>(decoder.Count());
        for (int left = addresses.Capacity; left > 0; left--)
        {
            addresses.Add(decoder.Address());
        }

        return addresses.MoveToImmutable();
    }

    public static void Operations(this BinaryEncoder encoder, ImmutableArray<Operation> operations) =>
        encoder.Many(operations, static (e, operation) =>
        {
            switch (operation)
            {
                case SetOperation set:
                    e.Byte(1);
                    e.Address(set.Address);
                    e.Json(set.Value);
                    break;
                case RemoveOperation remove:
                    e.Byte(2);
                    e.Address(remove.Address);
                    break;
                case PatchOperation patch:
                    e.Byte(3);
                    e.Text(patch.Document.ToString());
                    e.Json(patch.Patch);
                    break;
                default:
                    throw new InvalidDataException($"no form for {operation.GetType().Name}");
            }
        });

    public static ImmutableArray<Operation> Operations(this ref BinaryDecoder decoder)
    {
        var operations = ImmutableArray.CreateBuilder<Operation>(decoder.Count());
        for (int left = operations.Capacity; left > 0; left--)
        {
            operations.Add(decoder.Byte() switch
            {
                1 => new SetOperation(decoder.Address(), decoder.Json()),
                2 => new RemoveOperation(decoder.Address()),
                3 => new PatchOperation(DocumentId.OfValid(decoder.Text()), decoder.Json()),
                byte other => throw new InvalidDataException($"{other} is no kind of operation"),
            });
        }

        return operations.MoveToImmutable();
    }

    public static void Reads(this BinaryEncoder encoder, ImmutableArray<ConfirmedRead> reads) =>
        encoder.Many(reads, static (e, read) =>
        {
            e.Address(read.Address);
            e.Flag(read.Depth == ReadDepth.Shallow);
            e.Number(read.Sequence);
            e.Hash(read.Hash);
        });

    public static ImmutableArray<ConfirmedRead> Reads(this ref BinaryDecoder decoder)
    {
        var reads = ImmutableArray.CreateBuilder<ConfirmedRead>(decoder.Count());
        for (int left = reads.Capacity; left > 0; left--)
        {
            reads.Add(new ConfirmedRead(decoder.Address(), decoder.Depth(), decoder.Number(), decoder.Hash()));
        }

        return reads.MoveToImmutable();
    }

    public static ReadDepth Depth(this ref BinaryDecoder decoder) => decoder.Flag() ? ReadDepth.Shallow : ReadDepth.Deep;

    public static void Definition(this BinaryEncoder encoder, ActionDefinition definition)
    {
        encoder.Text(definition.Name);
        encoder.Text(definition.Handler);
        encoder.Byte((byte)definition.Kind);
        encoder.Addresses(definition.Inputs);
        encoder.Addresses(definition.Outputs);
        encoder.OptionalJson(definition.Payload);
        encoder.Number(definition.TimeLimit?.Ticks ?? 0);
    }

    public static ActionDefinition Definition(this ref BinaryDecoder decoder) => new(
        decoder.Text(),
        decoder.Text(),
        (ActionKind)decoder.Byte(),
        decoder.Addresses(),
        decoder.Addresses(),
        decoder.OptionalJson(),
        decoder.Number() is > 0 and long ticks ? new TimeSpan(ticks) : null);

    public static void Error(this BinaryEncoder encoder, RunError? error)
    {
        encoder.OptionalText(error?.Code);
        encoder.OptionalText(error?.Message);
    }

    public static RunError? Error(this ref BinaryDecoder decoder)
    {
        string? code = decoder.OptionalText();
        string? message = decoder.OptionalText();
        return code is null ? null : new RunError(code, message ?? string.Empty);
    }

    public static void Result(this BinaryEncoder encoder, RunResult result)
    {
        encoder.Text(result.Action.ToString());
        encoder.Number(result.Revision);
        encoder.Number(result.Run);
        encoder.Number(result.CauseHigh);
        encoder.Number(result.Sequence);
        encoder.Instant(result.StartedAt);
        encoder.Number(result.Duration.Ticks);
        encoder.Byte(StoredStatus.Of(result.Status));
        encoder.Error(result.Error);
        encoder.Number(result.Turns);
        encoder.Reads(result.Reads);
        encoder.Operations(result.Operations);
    }

    public static RunResult Result(this ref BinaryDecoder decoder)
    {
        var result = new RunResult(
            ActionId.OfValid(decoder.Text()),
            decoder.Number(),
            decoder.Number(),
            decoder.Number(),
            decoder.Number(),
            decoder.Instant(),
            new TimeSpan(decoder.Number()),
            (RunStatus)decoder.Byte(),
            decoder.Error(),
            (int)decoder.Number(),
            decoder.Reads(),
            decoder.Operations());
        return result with { Status = StoredStatus.Read((byte)result.Status, result.Error) };
    }

    public static void Stamp(this BinaryEncoder encoder, Stamp stamp)
    {
        encoder.Number(stamp.Deep);
        encoder.Number(stamp.Shape);
        encoder.Number(stamp.Rest);
        encoder.Number(stamp.Children.Count);
        foreach ((PathStep step, Stamp child) in stamp.Children)
        {
            encoder.Step(step);
            encoder.Stamp(child);
        }
    }

    public static Stamp Stamp(this ref BinaryDecoder decoder)
    {
        long deep = decoder.Number();
        long shape = decoder.Number();
        long rest = decoder.Number();
        var children = ImmutableDictionary.CreateBuilder<PathStep, Stamp>();
        for (int left = decoder.Count(); left > 0; left--)
        {
            PathStep step = decoder.Step();
            children[step] = decoder.Stamp();
        }

        return new Stamp(deep, shape, rest, children.ToImmutable());
    }
}
