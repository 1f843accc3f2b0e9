using System.Globalization;

namespace OrleansScheduler.Cluster.Tests.Clusters;

/// <summary>How many silos the conformance tests start: what the variable SCHEDULER_TEST_SILOS says, or one.</summary>
internal static class TestSilos
{
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("SCHEDULER_TEST_SILOS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 1;
}
