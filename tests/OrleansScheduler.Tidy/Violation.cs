namespace OrleansScheduler.Tidy;

/// <summary>One place that breaks one rule.</summary>
/// <param name="Where">A path within the repository, perhaps with a line, or a type and its member.</param>
/// <param name="Rule">The rule, as an order.</param>
/// <param name="Found">What is there instead.</param>
internal sealed record Violation(string Where, string Rule, string Found)
{
    public override string ToString() => $"{Where}: {Rule}: {Found}";
}
