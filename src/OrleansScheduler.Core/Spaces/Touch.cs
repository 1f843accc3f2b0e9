using OrleansScheduler.Documents;

namespace OrleansScheduler.Core.Spaces;

/// <summary>Where a commit may have changed a tree: what lets everything after it cost as much as the change and not as the tree.</summary>
/// <remarks>Most commits touch one path, so a node with one child needs no table.</remarks>
internal sealed class Touch
{
    private static readonly Touch Everything = new() { IsWhole = true };

    private Dictionary<PathStep, Touch>? _children;
    private PathStep _onlyStep;
    private Touch? _onlyChild;

    /// <summary>True when everything at and below may differ.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Notes that the value at the path may be another one.</summary>
    public void Add(ReadOnlySpan<PathStep> path)
    {
        Touch node = this;
        foreach (PathStep step in path)
        {
            if (node.IsWhole)
            {
                return;
            }

            node = node.ChildOrNew(step);
        }

        node.IsWhole = true;
        node._children = null;
        node._onlyChild = null;
    }

    /// <summary>Calls <paramref name="visit"/> for each child that may differ between two containers of one kind, once.</summary>
    public void Visit<TState>(JsonValue before, JsonValue after, ref TState state, Visitor<TState> visit)
    {
        if (IsWhole)
        {
            VisitAll(before, after, ref state, visit);
        }
        else if (_onlyChild is not null)
        {
            visit(ref state, _onlyStep, _onlyChild);
        }
        else if (_children is not null)
        {
            foreach ((PathStep step, Touch below) in _children)
            {
                visit(ref state, step, below);
            }
        }
    }

    private static void VisitAll<TState>(JsonValue before, JsonValue after, ref TState state, Visitor<TState> visit)
    {
        if (before is JsonObject old && after is JsonObject now)
        {
            foreach ((string key, _) in old)
            {
                visit(ref state, PathStep.OfKey(key), Everything);
            }

            foreach ((string key, _) in now)
            {
                if (!old.TryGet(key, out _))
                {
                    visit(ref state, PathStep.OfKey(key), Everything);
                }
            }

            return;
        }

        int length = Math.Max(((JsonArray)before).Count, ((JsonArray)after).Count);
        for (int index = 0; index < length; index++)
        {
            visit(ref state, PathStep.OfIndex(index), Everything);
        }
    }

    private Touch ChildOrNew(PathStep step)
    {
        if (_children is null)
        {
            if (_onlyChild is null)
            {
                _onlyStep = step;
                return _onlyChild = new Touch();
            }

            if (_onlyStep == step)
            {
                return _onlyChild;
            }

            _children = new Dictionary<PathStep, Touch> { [_onlyStep] = _onlyChild };
            _onlyChild = null;
        }

        if (!_children.TryGetValue(step, out Touch? child))
        {
            _children[step] = child = new Touch();
        }

        return child;
    }
}
