using System.Diagnostics;
using System.Reflection;

namespace OrleansScheduler.Standalone.Tests;

/// <summary>The built command line as processes of their own.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(HostProcess host, string folder, params string[] arguments)
    {
        using Process process = Start(host, folder, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Runs a command until it has said something, then ends it as Ctrl-C does.</summary>
    public static async Task<string> RunUntilAsync(HostProcess host, string folder, string said, params string[] arguments)
    {
        using Process process = Start(host, folder, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        List<string> lines = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.Contains(said, StringComparison.Ordinal))
            {
                using Process interrupt = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
                await interrupt.WaitForExitAsync();
                await process.WaitForExitAsync();
                return line;
            }
        }

        throw new InvalidOperationException($"It ended without saying '{said}': {string.Join('\n', lines)}\n{await errors}");
    }

    private static Process Start(HostProcess host, string folder, string[] arguments)
    {
        string assembly = typeof(CommandLine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "CommandLineAssembly").Value!;
        string token = Path.Combine(folder, "administrator.token");
        var start = new ProcessStartInfo("dotnet", [assembly, "--server", host.Address, "--token-file", token, "--no-color", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
