namespace OrleansScheduler.Benchmarks.Restoring;

/// <summary>What one start from storage took.</summary>
/// <param name="OpenMilliseconds">Opening the data folder and starting the engine, before anybody calls.</param>
/// <param name="RegisterMilliseconds">From the first call of <c>RegisterAsync</c>, which loads the space, to its answer.</param>
internal readonly record struct RestoreCost(double OpenMilliseconds, double RegisterMilliseconds);
