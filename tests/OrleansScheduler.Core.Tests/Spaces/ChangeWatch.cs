using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Core.Tests.Spaces;

/// <summary>Notes, by comparing whole values after each commit, when the values at many addresses last changed.</summary>
internal sealed class ChangeWatch
{
    private readonly Dictionary<(Address Address, ReadDepth Depth), long> _changed = [];
    private readonly List<(ConfirmedRead Read, JsonObject Root)> _reads = [];

    /// <summary>Watches an address and all above it from now on.</summary>
    public void Add(DocumentTree tree, Address address)
    {
        foreach (Address prefix in PrefixesOf(address))
        {
            foreach (ReadDepth depth in Enum.GetValues<ReadDepth>())
            {
                if (_changed.TryAdd((prefix, depth), tree.Read(prefix, depth).Sequence))
                {
                    _reads.Add((tree.Read(prefix, depth).Confirm(), tree.Root));
                }
            }
        }
    }

    /// <summary>Compares what the tree says with what was noted.</summary>
    public void Compare(JsonObject before, DocumentTree tree)
    {
        foreach ((Address address, ReadDepth depth) in _changed.Keys.ToArray())
        {
            if (!PlainValues.LookSame(before, tree.Root, address, depth))
            {
                _changed[(address, depth)] = tree.Sequence;
            }
        }

        foreach (((Address address, ReadDepth depth), long changed) in _changed)
        {
            Address? ancestor = PlainValues.At(tree.Root, address) is null
                ? PrefixesOf(address).Last(prefix => PlainValues.At(tree.Root, prefix) is not null)
                : null;
            long expected = ancestor is null ? changed : _changed[(ancestor, ReadDepth.Shallow)];
            Assert.True(expected == tree.Read(address, depth).Sequence, $"{depth} '{address}': not {expected} but {tree.Read(address, depth).Sequence}.");
        }

        foreach ((ConfirmedRead read, JsonObject root) in _reads)
        {
            bool same = PlainValues.LookSame(root, tree.Root, read.Address, read.Depth);
            Assert.True(same == tree.IsCurrent(read), $"{read.Depth} '{read.Address}': current is {!same}.");
        }
    }

    private static IEnumerable<Address> PrefixesOf(Address address)
    {
        yield return Address.OfSpace;
        for (int length = 0; length <= address.Path.Length; length++)
        {
            yield return Address.Of(address.Document!.Value, JsonPath.Of(address.Path.Steps.AsSpan()[..length]));
        }
    }
}
