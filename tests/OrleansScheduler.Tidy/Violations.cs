using Xunit;

namespace OrleansScheduler.Tidy;

/// <summary>Reports all violations of a rule at once, one line each.</summary>
internal static class Violations
{
    public static void AssertNone(IEnumerable<Violation> violations)
    {
        var lines = violations.Select(violation => violation.ToString()).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (lines.Length > 0)
        {
            Assert.Fail($"{lines.Length} found:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
        }
    }
}
