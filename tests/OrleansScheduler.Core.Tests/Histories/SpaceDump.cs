using OrleansScheduler.Actions;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Core.Tests.Histories;

/// <summary>Everything that a space knows and that outlives a restart, as lines of text.</summary>
internal static class SpaceDump
{
    public static string Of(SpaceState state) => string.Join('\n', Lines(state));

    private static IEnumerable<string> Lines(SpaceState state)
    {
        yield return $"sequence {state.Tree.Sequence}, causes {state.CauseNumber}, runs {state.Runs}, announced {state.IsAnnounced}";
        foreach (string line in Values(state.Tree.Root, state.Tree.Stamp, ""))
        {
            yield return line;
        }

        foreach (ActionNode node in state.Actions.All)
        {
            foreach (string line in Action(node))
            {
                yield return line;
            }
        }

        yield return "dirty " + string.Join(' ', state.Actions.Dirty.Select(node => node.Id).Order());
        foreach ((string name, WriterSession session) in state.Sessions.All.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            yield return $"session {name} from {session.Floor}, last {session.LastAt.UtcTicks}: {StructuralText.Of(session.Receipts)}";
        }

        foreach (var record in state.History.After(0))
        {
            yield return "commit " + StructuralText.Of(record);
        }
    }

    private static IEnumerable<string> Values(JsonValue value, Stamp stamp, string place)
    {
        yield return $"{place} deep {stamp.Deep} shape {stamp.Shape} {(value is JsonObject or JsonArray ? value.Kind.ToString() : value.ToString())}";
        IEnumerable<PathStep> steps = value switch
        {
            JsonObject members => members.Keys.Select(PathStep.OfKey),
            JsonArray items => Enumerable.Range(0, items.Count).Select(PathStep.OfIndex),
            _ => [],
        };
        foreach (string line in steps.SelectMany(step => Values(value.Child(step)!, stamp.ChildOf(step), place + step)))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Action(ActionNode node)
    {
        yield return $"action {node.Id} born {node.Born} revision {node.Revision} eligible {node.EligibleAt?.UtcTicks} {node.Implementation} {StructuralText.Of(node.Definition)}";
        yield return $"  observed {StructuralText.Of(node.Observation)}";
        foreach (Cause cause in node.Causes.Forcing)
        {
            yield return $"  cause {StructuralText.Of(cause)}";
        }

        // In which order one commit numbers the readers that it marks is left open; that it numbers them is not.
        foreach (string line in node.Causes.Reads.Select(pair => $"  read {pair.Key} commit {pair.Value.First} to {pair.Value.Commit} depth {pair.Value.Depth}").Order(StringComparer.Ordinal))
        {
            yield return line;
        }

        foreach (ActionRun run in node.Runs)
        {
            var causes = run.Causes.Select(cause => StructuralText.Of(cause is ReadCause read ? read with { Number = 0 } : cause)).Order(StringComparer.Ordinal);
            yield return $"  {StructuralText.Of(run with { Causes = [] })} {string.Join(' ', causes)}";
        }
    }
}
