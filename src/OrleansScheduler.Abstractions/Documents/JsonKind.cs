namespace OrleansScheduler.Documents;

/// <summary>The six kinds of JSON values. Absence is no kind: it is a null reference.</summary>
public enum JsonKind
{
    /// <summary>The value <c>null</c>, which is not the same as absent.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A decimal number of arbitrary precision.</summary>
    Number,

    /// <summary>A Unicode text.</summary>
    String,

    /// <summary>An ordered list.</summary>
    Array,

    /// <summary>Values by key; the order of the keys carries no meaning.</summary>
    Object,
}
