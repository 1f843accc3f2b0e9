using OrleansScheduler.Benchmarks;

#pragma warning disable RS0030 // The host is the one place that names the system's clock.
var time = TimeProvider.System;
#pragma warning restore RS0030

return await new BenchmarkHost(time, Console.Out, Console.Error).RunAsync(args);
