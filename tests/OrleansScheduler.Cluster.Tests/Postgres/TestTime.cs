namespace OrleansScheduler.Cluster.Tests.Postgres;

/// <summary>The clock that real processes have.</summary>
internal static class TestTime
{
#pragma warning disable RS0030 // Real processes run on the system's clock, and whoever watches them does.
    public static TimeProvider System { get; } = TimeProvider.System;
#pragma warning restore RS0030
}
