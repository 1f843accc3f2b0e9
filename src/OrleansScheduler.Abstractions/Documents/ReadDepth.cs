namespace OrleansScheduler.Documents;

/// <summary>How much of a value a read depends on.</summary>
public enum ReadDepth
{
    /// <summary>The whole value; see <see cref="JsonValue.Same"/>.</summary>
    Deep,

    /// <summary>Kind, scalar value, child keys and array length only; see <see cref="JsonValue.SameShape"/>.</summary>
    Shallow,
}
