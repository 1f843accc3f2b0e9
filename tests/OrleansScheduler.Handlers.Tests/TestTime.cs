using System.Diagnostics.CodeAnalysis;

namespace OrleansScheduler.Handlers;

/// <summary>The clock for tests of real processes, which have no other.</summary>
internal static class TestTime
{
    [SuppressMessage("ApiDesign", "RS0030", Justification = "A test of real processes runs on the machine's clock, as they do.")]
    public static TimeProvider System => TimeProvider.System;
}
