using System.Diagnostics;
using System.Reflection;
using OrleansScheduler.Cluster.Tests.Postgres;

namespace OrleansScheduler.Cluster.Tests.Hosts;

/// <summary>The built command line, as processes of their own that speak to a silo.</summary>
/// <param name="silo">The silo.</param>
/// <param name="data">Its folder, in which the secret of administrators lies.</param>
internal sealed class CommandLine(SiloProcess silo, string data)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Runs one command to its end.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        string assembly = typeof(CommandLine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "CommandLineAssembly").Value!;
        string token = Path.Combine(data, "administrator.token");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [assembly, "--server", silo.Address, "--token-file", token, "--no-color", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience, TestTime.System);
        return (process.ExitCode, await output, await errors);
    }
}
