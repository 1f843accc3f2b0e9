using System.Diagnostics;
using System.Reflection;
using OrleansScheduler.Handlers.Processes;

namespace OrleansScheduler.Handlers;

/// <summary>The program that is a worker, or a host that a test may kill.</summary>
internal static class WorkerProgram
{
    public static string[] Command { get; } =
    [
        "dotnet", typeof(WorkerProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "WorkerAssembly").Value!,
    ];

    public static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(Command[0], [Command[1], .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardInput = true,
    })!;

    /// <summary>SIGKILL: nothing in the process gets to know.</summary>
    public static async Task KillAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Completes when a process that is not our child has ended, or with false after a minute.</summary>
    public static Task<bool> EndOfAsync(int descriptor) => Task.Factory.StartNew(
        () => NativeProcesses.WaitForAll([descriptor], TimeSpan.FromMinutes(1)),
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
