using OrleansScheduler.Simulation.Running;
using Xunit.MicrosoftTestingPlatform;

namespace OrleansScheduler.Simulation;

/// <summary>Runs seeds when it is asked for them, and otherwise the tests, as their runner wants it.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) =>
        args.Any(arg => arg is "--seeds" or "--seed" or "--bugs")
            ? Task.FromResult(SeedRunner.Run(args))
            : TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
