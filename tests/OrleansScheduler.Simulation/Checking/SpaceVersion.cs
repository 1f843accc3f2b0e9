using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>A space after one of its entries.</summary>
/// <param name="Sequence">How many changes there were.</param>
/// <param name="Documents">What it holds.</param>
/// <param name="Actions">The actions that are registered, by id.</param>
internal sealed record SpaceVersion(long Sequence, DocumentAccount Documents, ImmutableSortedDictionary<string, ActionAccount> Actions)
{
    public static SpaceVersion Empty { get; } = new(0, DocumentAccount.Empty, ImmutableSortedDictionary.Create<string, ActionAccount>(StringComparer.Ordinal));

    /// <summary>Effects, and whatever has a part in what they read.</summary>
    public HashSet<string> Live => Upstream(Actions.Where(pair => pair.Value.Definition.Kind == ActionKind.Effect).Select(pair => pair.Key));

    /// <summary>Whatever has a part in what is at an address.</summary>
    public HashSet<string> Upstream(Address address) => Upstream(WritersOf(address));

    /// <summary>What is at an address: 0 for nothing.</summary>
    public long NumberAt(ReadTarget target) => TextAt(target) is { } text ? Number(text) : 0;

    /// <summary>What is at an address, in words; null for nothing.</summary>
    public string? TextAt(ReadTarget target) => target.Depth == ReadDepth.Deep ? Documents.TextAt(target.Address) : Documents.ShapeAt(target.Address);

    /// <summary>What the action would write now and is not there.</summary>
    public Operation? WrongOf(ActionAccount action) => action.Writes(NumberAt).FirstOrDefault(write => !IsThere(write));

    /// <summary>True when what is at an address follows from everything that has a part in it, as far as runs completed.</summary>
    /// <remarks>What waits for its circle to calm down holds up nobody, so its values are what they are.</remarks>
    public bool IsSettled(Address address) => Upstream(address).Select(id => Actions[id]).All(
        action => action.Status is { } status && (status != RunStatus.Completed || action.Definition.Handler == "ring" || WrongOf(action) is null));

    private bool IsThere(Operation write) =>
        Documents.TextAt(ActionAccount.AddressOf(write)) == (write is SetOperation set ? DocumentAccount.TextOf(set.Value) : null);

    private HashSet<string> Upstream(IEnumerable<string> from)
    {
        HashSet<string> found = [.. from];
        Queue<string> open = new(found);
        while (open.TryDequeue(out string? reader))
        {
            foreach (string writer in Actions[reader].Needs.SelectMany(WritersOf).Where(found.Add).ToArray())
            {
                open.Enqueue(writer);
            }
        }

        return found;
    }

    private IEnumerable<string> WritersOf(Address address) =>
        Actions.Where(pair => pair.Value.Known.Any(known => ActionAccount.Overlap(known, address))).Select(pair => pair.Key);

    // Of a list its length.
    private static long Number(string text) => long.Parse(text.AsSpan(text.IndexOf(' ') + 1), CultureInfo.InvariantCulture);
}
