using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Engine;
using OrleansScheduler.Web;
using OrleansScheduler.Web.Archives;
using OrleansScheduler.Web.Health;

namespace OrleansScheduler.Hosting;

/// <summary>Composes the web server of the host.</summary>
internal static class WebServer
{
    // What the web server may take of the ten seconds that an orderly stop has; the engine gets the rest.
    private static readonly TimeSpan StopTimeMax = TimeSpan.FromSeconds(4);

    /// <summary>The server, not yet started.</summary>
    /// <remarks>Nothing comes from files, or from variables other than the address: what the host listens on is decided in one place.</remarks>
    public static WebApplication Create(
        ListenAddresses addresses, string administratorToken, TimeProvider time, SchedulerSlot slot, ICronEvaluator? evaluator)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls([.. addresses.Urls]).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        AddLogging(builder.Logging);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopTimeMax);
        builder.Services.AddSingleton(time)
            .AddSingleton<IActorDirectory>(slot)
            .AddSingleton<ISchedulerHealth>(slot)
            .AddSingleton<ISchedulerArchives>(slot)
            .AddSchedulerApi(new SchedulerApiOptions { AdministratorToken = administratorToken })
            .AddHostFiltering(options => options.AllowedHosts = [.. addresses.Hosts]);

        if (evaluator is not null)
        {
            builder.Services.AddSingleton(evaluator);
        }

        var app = builder.Build();

        // A page of another site can make a browser call this host under a name of its own; only ours are answered.
        app.UseHostFiltering();
        app.MapScheduler();
        return app;
    }

    // To the standard error stream, so that the lines that programs wait for stand alone on the other one.
    private static void AddLogging(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(options => options.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // With the dot, so that it is not this product as well.
        logging.AddFilter("Orleans.", LogLevel.Warning);

        // A failed start is told in one line by the host itself; these two would add its stack.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}
