using System.Runtime.InteropServices;
using OrleansScheduler.Cli;

#pragma warning disable RS0030 // The host is the one place that names the system's clock.
var time = TimeProvider.System;
#pragma warning restore RS0030

using var interruption = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
return await CliProgram.RunAsync(args, CliConsole.OfProcess(), time, transport: null, interruption.Token);

// A second signal ends the process at once, should the first one not be heeded.
void Interrupt(PosixSignalContext context)
{
    context.Cancel = !interruption.IsCancellationRequested;
    interruption.Cancel();
}
