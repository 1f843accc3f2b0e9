using OrleansScheduler.Handlers.Expressions;
using OrleansScheduler.Standalone;

// Expressions are evaluated in processes of this same program.
if (HandlerWorker.TryRun(args, out int workerCode))
{
    return workerCode;
}

#pragma warning disable RS0030 // The host is the one place that names the system's clock.
var time = TimeProvider.System;
#pragma warning restore RS0030

var host = new StandaloneHost(EmbeddedComposition.StartAsync, time, Console.Out, Console.Error);
return await host.RunAsync(args, Environment.GetEnvironmentVariable("ASPNETCORE_URLS"), CancellationToken.None);
