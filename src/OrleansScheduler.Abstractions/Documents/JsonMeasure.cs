namespace OrleansScheduler.Documents;

/// <summary>Measures trees against limits without writing them.</summary>
internal static class JsonMeasure
{
    /// <summary>True when the tree is nested at most that deep, a scalar counting 0, and takes no more than the allowance.</summary>
    /// <param name="value">The tree.</param>
    /// <param name="depthMax">Nested arrays and objects at most.</param>
    /// <param name="charsLeft">Characters that may still be used; reduced by an estimate of what the tree's text needs.</param>
    public static bool Fits(JsonValue value, int depthMax, ref long charsLeft)
    {
        charsLeft -= value switch
        {
            JsonString text => text.Text.Length + 2,
            JsonNumber number => number.Text.Length,
            _ => 4,
        };
        if (charsLeft < 0)
        {
            return false;
        }

        return value switch
        {
            JsonObject node => depthMax > 0 && ChildrenFit(node, depthMax - 1, ref charsLeft),
            JsonArray node => depthMax > 0 && ChildrenFit(node, depthMax - 1, ref charsLeft),
            _ => true,
        };
    }

    private static bool ChildrenFit(JsonObject node, int depthMax, ref long charsLeft)
    {
        foreach (var pair in node)
        {
            charsLeft -= pair.Key.Length + 4;
            if (!Fits(pair.Value, depthMax, ref charsLeft))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ChildrenFit(JsonArray node, int depthMax, ref long charsLeft)
    {
        foreach (var item in node.Items)
        {
            charsLeft--;
            if (!Fits(item, depthMax, ref charsLeft))
            {
                return false;
            }
        }

        return true;
    }
}
