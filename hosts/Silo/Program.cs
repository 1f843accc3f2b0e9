using OrleansScheduler.Handlers.Expressions;
using OrleansScheduler.Hosting;
using OrleansScheduler.Silo;

// Expressions are evaluated in processes of this same program.
if (HandlerWorker.TryRun(args, out int workerCode))
{
    return workerCode;
}

#pragma warning disable RS0030 // The host is the one place that names the system's clock.
var time = TimeProvider.System;
#pragma warning restore RS0030

var secret = Environment.GetEnvironmentVariable(SiloArguments.PostgresVariable);
var host = new SchedulerHost(given => SiloPlan.Of(SiloArguments.Parse(given, secret)), SiloArguments.Usage, time, Console.Out, Console.Error);
return await host.RunAsync(args, Environment.GetEnvironmentVariable("ASPNETCORE_URLS"), CancellationToken.None);
