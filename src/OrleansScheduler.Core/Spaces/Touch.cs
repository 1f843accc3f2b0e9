using OrleansScheduler.Documents;

namespace OrleansScheduler.Core.Spaces;

/// <summary>Where a commit may have changed a tree: what lets everything after it cost as much as the change and not as the tree.</summary>
internal sealed class Touch
{
    private static readonly Touch Everything = new() { _whole = true };

    private Dictionary<PathStep, Touch>? _children;
    private bool _whole;

    /// <summary>Notes that the value at the path may be another one.</summary>
    public void Add(ReadOnlySpan<PathStep> path)
    {
        Touch node = this;
        foreach (PathStep step in path)
        {
            if (node._whole)
            {
                return;
            }

            node._children ??= [];
            if (!node._children.TryGetValue(step, out Touch? child))
            {
                node._children[step] = child = new Touch();
            }

            node = child;
        }

        node._whole = true;
        node._children = null;
    }

    /// <summary>The children that may differ between two containers of one kind, each once.</summary>
    public IEnumerable<(PathStep Step, Touch Below)> Steps(JsonValue before, JsonValue after)
    {
        if (!_whole)
        {
            return _children is null ? [] : _children.Select(pair => (pair.Key, pair.Value));
        }

        return before is JsonObject old && after is JsonObject now ? Keys(old, now) : Indexes(before, after);
    }

    /// <summary>What may differ below a child, and whether anything may.</summary>
    public bool TryBelow(PathStep step, out Touch below)
    {
        below = Everything;
        return _whole || (_children?.TryGetValue(step, out below!) ?? false);
    }

    /// <summary>The touched children, or null when everything below may differ.</summary>
    public IReadOnlyDictionary<PathStep, Touch>? Listed => _whole ? null : _children ?? [];

    private static IEnumerable<(PathStep Step, Touch Below)> Keys(JsonObject before, JsonObject after)
    {
        foreach (string key in before.Keys)
        {
            yield return (PathStep.OfKey(key), Everything);
        }

        foreach (string key in after.Keys)
        {
            if (!before.TryGet(key, out _))
            {
                yield return (PathStep.OfKey(key), Everything);
            }
        }
    }

    private static IEnumerable<(PathStep Step, Touch Below)> Indexes(JsonValue before, JsonValue after)
    {
        int length = Math.Max(((JsonArray)before).Count, ((JsonArray)after).Count);
        for (int index = 0; index < length; index++)
        {
            yield return (PathStep.OfIndex(index), Everything);
        }
    }
}
