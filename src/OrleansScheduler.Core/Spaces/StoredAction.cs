using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Encoding;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Spaces;

/// <summary>The stored form of an action with everything that is kept of it.</summary>
internal static class StoredAction
{
    public static void Write(BinaryEncoder encoder, ActionNode node)
    {
        encoder.Text(node.Id.ToString());
        encoder.Definition(node.Definition);
        encoder.Text(node.Implementation);
        encoder.Number(node.Born);
        encoder.Number(node.Revision);
        encoder.Number(node.EligibleAt?.UtcTicks ?? 0);
        encoder.Flag(node.Observation is not null);
        if (node.Observation is { } observation)
        {
            WriteObservation(encoder, observation);
        }

        encoder.Number(node.Causes.Forcing.Count);
        foreach (Cause cause in node.Causes.Forcing)
        {
            encoder.Cause(cause);
        }

        encoder.Number(node.Causes.Reads.Count);
        foreach ((ReadKey key, ReadMark mark) in node.Causes.Reads)
        {
            encoder.Address(key.Address);
            encoder.Flag(key.Depth == Documents.ReadDepth.Shallow);
            encoder.Number(mark.Number);
            encoder.Number(mark.Commit);
            encoder.Number(mark.Depth);
            encoder.Number(mark.First);
        }

        encoder.Many(node.Runs, static (e, run) => WriteRun(e, run));
    }

    public static ActionNode Read(ref BinaryDecoder decoder)
    {
        var node = new ActionNode(ActionId.OfValid(decoder.Text()), decoder.Definition(), decoder.Text())
        {
            Born = decoder.Number(),
            Revision = decoder.Number(),
            EligibleAt = decoder.Number() is > 0 and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
            Observation = decoder.Flag() ? ReadObservation(ref decoder) : null,
        };
        for (int left = decoder.Count(); left > 0; left--)
        {
            node.Causes.Add(decoder.Cause());
        }

        for (int left = decoder.Count(); left > 0; left--)
        {
            var key = new ReadKey(decoder.Address(), decoder.Depth());
            node.Causes.AddRead(key, new ReadMark(decoder.Number(), decoder.Number(), (int)decoder.Number()) { First = decoder.Number() });
        }

        var runs = ImmutableArray.CreateBuilder<ActionRun>(decoder.Count());
        for (int left = runs.Capacity; left > 0; left--)
        {
            runs.Add(ReadRun(ref decoder));
        }

        node.Runs = runs.MoveToImmutable();
        return node;
    }

    private static void WriteObservation(BinaryEncoder encoder, Observation observation)
    {
        encoder.Number(observation.Run);
        encoder.Text(observation.Implementation);
        encoder.Text(observation.Runtime);
        encoder.Number(observation.Sequence);
        encoder.Reads(observation.Reads);
        encoder.Addresses(observation.Changed);
        encoder.Addresses(observation.Known);
        encoder.Number(observation.Commit);
        encoder.Byte(StoredStatus.Of(observation.Status));
        encoder.Error(observation.Error);
        encoder.Instant(observation.StartedAt);
        encoder.Number(observation.Duration.Ticks);
        encoder.Number(observation.Turns);
    }

    private static Observation ReadObservation(ref BinaryDecoder decoder)
    {
        var observation = new Observation(
            decoder.Number(),
            decoder.Text(),
            decoder.Text(),
            decoder.Number(),
            decoder.Reads(),
            decoder.Addresses(),
            decoder.Addresses(),
            decoder.Number(),
            (RunStatus)decoder.Byte(),
            decoder.Error(),
            decoder.Instant(),
            new TimeSpan(decoder.Number()),
            (int)decoder.Number());
        return observation with { Status = StoredStatus.Read((byte)observation.Status, observation.Error) };
    }

    private static void WriteRun(BinaryEncoder encoder, ActionRun run)
    {
        encoder.Number(run.Run);
        encoder.Byte(StoredStatus.Of(run.Status));
        encoder.Instant(run.StartedAt);
        encoder.Number(run.Duration.Ticks);
        encoder.Number(run.Sequence);
        encoder.Number(run.Commit);
        encoder.Many(run.Causes, static (e, cause) => e.Cause(cause));
        encoder.Number(run.CausesTotal);
        encoder.Error(run.Error);
    }

    private static ActionRun ReadRun(ref BinaryDecoder decoder)
    {
        var run = new ActionRun(
            decoder.Number(),
            (RunStatus)decoder.Byte(),
            decoder.Instant(),
            new TimeSpan(decoder.Number()),
            decoder.Number(),
            decoder.Number(),
            decoder.Causes(),
            (int)decoder.Number(),
            decoder.Error());
        return run with { Status = StoredStatus.Read((byte)run.Status, run.Error) };
    }
}
