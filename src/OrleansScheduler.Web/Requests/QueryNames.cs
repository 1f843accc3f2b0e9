using System.Collections.Frozen;

namespace OrleansScheduler.Web.Requests;

/// <summary>The query values that an address knows.</summary>
/// <remarks>Others are refused: a misspelt <c>path</c> would otherwise delete a document instead of a place in it.</remarks>
internal sealed class QueryNames
{
    private readonly FrozenSet<string>? _names;

    private QueryNames(FrozenSet<string>? names) => _names = names;

    /// <summary>Accepts all names, for an address that looks at none.</summary>
    public static QueryNames Any { get; } = new(null);

    /// <summary>Accepts these.</summary>
    public static QueryNames Of(params IEnumerable<string> names) => new(names.ToFrozenSet(StringComparer.Ordinal));

    /// <summary>Whether the name is known.</summary>
    public bool Knows(string name) => _names is null || _names.Contains(name);

    /// <summary>The names for people.</summary>
    public override string ToString() => _names is { Count: > 0 } ? string.Join(", ", _names.Order(StringComparer.Ordinal)) : "none";
}
