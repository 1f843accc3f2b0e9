using System.Buffers;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;
using Xunit;
using PatchOperation = OrleansScheduler.Spaces.PatchOperation;

namespace OrleansScheduler.Core.Tests.Spaces;

public sealed class SpaceEntryCodecTests
{
    private static readonly SpaceEntryCodec Codec = new();
    private static readonly ActionId Action = ActionId.Of("strongest Alaska é \U0001F600", "0123abcd");
    private static readonly DateTimeOffset At = new(2026, 1, 5, 12, 34, 56, 789, TimeSpan.FromHours(2));

    public static TheoryData<string> Kinds => [.. typeof(SpaceEntry).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_entry_is_read_as_it_was_written(string kind)
    {
        var samples = Samples().Where(sample => sample.GetType().Name == kind).ToArray();

        var copies = samples.Select(RoundTrip);

        Assert.NotEmpty(samples);
        Assert.Equal(samples.Select(StructuralText.Of), copies.Select(StructuralText.Of));
    }

    [Fact]
    public void Random_entries_are_read_as_they_were_written() => Seeded.Rounds(20, random =>
    {
        var history = new SpaceHistory(random);
        history.Steps(200);

        Assert.InRange(history.Space.Entries.Count, 50, 1_000);
        foreach (SpaceEntry entry in history.Space.Entries)
        {
            Assert.Equal(StructuralText.Of(entry), StructuralText.Of(RoundTrip(entry)));
        }
    });

    [Fact]
    public void The_texts_of_numbers_survive()
    {
        var entry = Committed(PureSpace.Set("doc", "[1.0, 10e-1, -0, 1e400, 123456789012345678901234567890]"));

        var copy = (SpaceEntry.Committed)RoundTrip(entry);

        Assert.Equal("[1.0,10e-1,-0,1e400,123456789012345678901234567890]", ((SetOperation)copy.Operations[0]).Value.ToString());
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 99 })]
    [InlineData(new byte[] { 6, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 1 })]
    [InlineData(new byte[] { 6, 127 })]
    [InlineData(new byte[] { 3, 5, 65, 65 })]
    public void What_is_no_entry_is_refused(byte[] content)
    {
        Assert.ThrowsAny<Exception>(() => Codec.Read(content, Codec.Format));
    }

    [Fact]
    public void An_entry_that_was_cut_off_is_refused() => Seeded.Rounds(1, _ =>
    {
        foreach (SpaceEntry entry in Samples().Where(entry => entry is not SpaceEntry.Announced))
        {
            byte[] content = Write(entry);

            Assert.All(
                Enumerable.Range(0, content.Length),
                length => Assert.ThrowsAny<Exception>(() => Codec.Read(content.AsMemory(0, length), Codec.Format)));
        }
    });

    internal static SpaceEntry RoundTrip(SpaceEntry entry) => Codec.Read(Write(entry), Codec.Format);

    private static byte[] Write(SpaceEntry entry)
    {
        var output = new ArrayBufferWriter<byte>();
        Codec.Write(entry, output);
        return output.WrittenSpan.ToArray();
    }

    private static SpaceEntry.Committed Committed(params Operation[] operations) =>
        new("session é", long.MaxValue, new ContentHash(ulong.MaxValue, 1), At, [.. operations]);

    private static IEnumerable<SpaceEntry> Samples()
    {
        var address = Address.Parse("~0~2doc/~1~0~2/é[2147483646]/");
        var definition = new ActionDefinition("a", "h", ActionKind.Computation, [], []);
        var result = new RunResult(Action, 1, 1, 0, 0, At, TimeSpan.Zero, RunStatus.Completed, null, 0, [], []);
        yield return Committed();
        yield return Committed(
            new SetOperation(address, JsonValue.Parse("""{"": [null, true, false, "\ud83d\ude00\u0000", {}, []]}""")),
            new RemoveOperation(address),
            new PatchOperation(DocumentId.Parse("[doc]"), JsonValue.Parse("""[{"op": "remove", "path": ""}]""")),
            new SetOperation(Address.Parse("doc"), JsonValue.Parse("{" + string.Join(',', Enumerable.Range(0, 40).Select(key => $"\"{key}\":{key}")) + "}")));
        yield return new SpaceEntry.Registered([new BoundAction(Action, definition, "1#0123456789abcdef")]);
        yield return new SpaceEntry.Registered(
        [
            new BoundAction(Action, definition with { Kind = ActionKind.Effect, Inputs = [Address.OfSpace, address], Outputs = [address] }, ""),
            new BoundAction(Action, definition with { Payload = JsonNull.Instance, TimeLimit = TimeSpan.FromMinutes(20) }, "x"),
        ]);
        yield return new SpaceEntry.Unregistered(Action);
        yield return new SpaceEntry.Revised([]);
        yield return new SpaceEntry.Revised([(Action, "y"), (Action, "")]);
        yield return new SpaceEntry.Marked(Action, "who é");
        yield return new SpaceEntry.Verified([]);
        yield return new SpaceEntry.Verified([Action, Action]);
        yield return new SpaceEntry.Landed(result, "z", At);
        yield return new SpaceEntry.Landed(
            result with
            {
                Revision = long.MaxValue,
                Status = RunStatus.Timeout,
                Error = new RunError("timeout", ""),
                Turns = int.MaxValue,
                Duration = TimeSpan.MaxValue,
                Reads = [new ConfirmedRead(address, ReadDepth.Shallow, 7, new ContentHash(1, 2)), new ConfirmedRead(Address.OfSpace, ReadDepth.Deep, 0, default)],
                Operations = [new RemoveOperation(address)],
            },
            "z",
            DateTimeOffset.MaxValue);
        yield return new SpaceEntry.Announced();
        yield return new SpaceEntry.EpochBegan(1L << 40);
    }
}
