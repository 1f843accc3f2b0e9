using Microsoft.Extensions.Logging;
using OrleansScheduler.Embedded;
using OrleansScheduler.Hosting;

namespace OrleansScheduler.Standalone;

/// <summary>Makes the data folder of an archive, before the engine opens it.</summary>
internal static class HostImport
{
    /// <summary>Imports the archive that the host was given; nothing happens without one.</summary>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    /// <exception cref="Errors.SchedulerException">See <see cref="EmbeddedArchive.ImportAsync"/>.</exception>
    public static async Task RunAsync(StandaloneArguments arguments, ILogger logger, CancellationToken cancellation)
    {
        if (arguments.Import is not { } path)
        {
            return;
        }

        await using FileStream archive = HostArchive.Open(path);
        HostArchive.Tell(path, await EmbeddedArchive.ImportAsync(arguments.Data, archive, cancellation), logger);
    }
}
