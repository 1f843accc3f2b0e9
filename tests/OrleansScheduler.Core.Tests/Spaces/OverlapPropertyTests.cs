using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Core.Tests.Spaces;

/// <summary>Over random histories, a commit gives a cause to exactly those reads whose value it changed, and no others.</summary>
public sealed class OverlapPropertyTests
{
    private const int Readers = 25;
    private const int ReadsMax = 20;

    [Fact]
    public void Commits_mark_exactly_the_reads_whose_values_differ() => Seeded.Rounds(40, random =>
    {
        var history = new ReadHistory(random);

        for (int step = 0; step < 250; step++)
        {
            history.Step();
        }

        Assert.InRange(history.Marks, 300, int.MaxValue);
        Assert.InRange(history.Untouched, 300, int.MaxValue);
    });

    private sealed class ReadHistory
    {
        private readonly Random _random;
        private readonly RandomTrees _trees;
        private readonly RandomOperations _operations;
        private readonly PureSpace _space = new();
        private readonly ActionNode[] _readers;

        public ReadHistory(Random random)
        {
            _random = random;
            _trees = new RandomTrees(random);
            _operations = new RandomOperations(random);
            _readers = [.. Enumerable.Range(0, Readers).Select(number => _space.Effect($"reader {number}", ""))];
            Array.ForEach(_readers, Observe);
        }

        /// <summary>How many reads got a cause.</summary>
        public int Marks { get; private set; }

        /// <summary>How many did not, although a commit changed something.</summary>
        public int Untouched { get; private set; }

        public void Step()
        {
            if (_random.Next(3) == 0)
            {
                Observe(_trees.Pick(_readers));
            }

            JsonObject before = _space.State.Tree.Root;
            var reads = Everything().ToArray();
            if (Commit() is not { } receipt)
            {
                Assert.Same(before, _space.State.Tree.Root);
                return;
            }

            JsonObject after = _space.State.Tree.Root;
            var expected = reads.Where(read => !PlainValues.LookSame(before, after, read.Address, read.Depth))
                .Select(Describe).Order(StringComparer.Ordinal).ToArray();
            var actual = Marked(receipt).Select(Describe).Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(expected, actual);
            Assert.Equal(Marked(receipt).Select(read => read.Reader).Distinct().Count(), receipt.Marked);
            Assert.Equal(!PlainValues.AreEqual(before, after), receipt.Changed);
            Marks += actual.Length;
            Untouched += receipt.Changed ? reads.Length - actual.Length : 0;
        }

        private static string Describe((ActionNode Reader, Address Address, ReadDepth Depth) read) =>
            $"{read.Reader.Id.Name} {read.Depth} '{read.Address}'";

        private CommitReceipt? Commit()
        {
            try
            {
                return _space.Commit([.. _operations.Commit(_space.State.Tree.Root)]);
            }
            catch (SchedulerException refusal) when (refusal.Code is ErrorCodes.PathConflict or ErrorCodes.PatchFailed)
            {
                return null;
            }
        }

        // A run that reads somewhere else from now on.
        private void Observe(ActionNode reader)
        {
            JsonObject root = _space.State.Tree.Root;
            var reads = Enumerable.Range(0, 1 + _random.Next(ReadsMax))
                .Select(_ => new ReadKey(_random.Next(20) == 0 ? Address.OfSpace : _trees.Place(root), (ReadDepth)_random.Next(2)))
                .Distinct()
                .Select(key => _space.State.Tree.Read(key.Address, key.Depth).Confirm());
            Assert.Equal(Landing.Kept, _space.Land(_space.Begin(reader, "") with { Reads = [.. reads] }));
            Assert.False(reader.IsDirty);
        }

        private IEnumerable<(ActionNode Reader, Address Address, ReadDepth Depth)> Everything() =>
            from reader in _readers from read in reader.Observation!.Reads select (reader, read.Address, read.Depth);

        private ImmutableArray<(ActionNode Reader, Address Address, ReadDepth Depth)> Marked(CommitReceipt receipt) =>
        [
            .. from reader in _readers
               from cause in reader.Causes.Reads
               where receipt.Changed && cause.Value.Commit == receipt.Sequence
               select (reader, cause.Key.Address, cause.Key.Depth),
        ];
    }
}
