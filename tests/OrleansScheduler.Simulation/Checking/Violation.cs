namespace OrleansScheduler.Simulation.Checking;

/// <summary>A promise was broken.</summary>
/// <param name="rule">The short name of the promise.</param>
/// <param name="message">What was seen.</param>
internal sealed class Violation(string rule, string message) : Exception($"{rule}: {message}")
{
    public string Rule { get; } = rule;
}
