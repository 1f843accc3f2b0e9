using System.Diagnostics.CodeAnalysis;

namespace OrleansScheduler.Standalone.Tests;

/// <summary>The clock for tests of real processes, which have no other.</summary>
internal static class HostTime
{
    [SuppressMessage("ApiDesign", "RS0030", Justification = "A test of a real process runs on the machine's clock, as the process does.")]
    public static TimeProvider System => TimeProvider.System;
}
