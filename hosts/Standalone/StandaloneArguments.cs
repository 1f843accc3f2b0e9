using OrleansScheduler.Errors;
using OrleansScheduler.Hosting;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Standalone;

/// <summary>The command line.</summary>
internal sealed record StandaloneArguments
{
    /// <summary>What <c>--help</c> says.</summary>
    public const string Usage = """
        Usage: OrleansScheduler.Standalone [options]

          --data FOLDER          where everything is kept; created when missing (default: ./data)
          --import FILE          make the data folder of an archive of osched export; the folder holds no data yet
          --definitions FILE     apply this scheduler.yaml or .json at the start
          --hold                 start for maintenance: schedules do not fire until POST /api/v1/ops/release
          --newest-formats       write what the release before this one cannot read; without it there is a way back
          --no-sample            start without the earthquake sample
          --sample-period TIME   how often the sample feeds a quake, 10ms to 366d (default: 200ms, as its file says)
          --help                 this text

        The address comes from ASPNETCORE_URLS (default: http://127.0.0.1:5080); only loopback is accepted.
        Exit codes: 0 stopped in order, 1 failed, 2 arguments or address not accepted, 3 the data folder is in use,
        4 the data is of a newer version, 5 the port is in use, 6 the definitions have faults,
        7 the archive to import is cut off or was changed, 8 the folder to import into holds data already.
        DATA/administrator.token holds the secret of administrators; it is made at the first start.
        """;

    private static readonly TimeSpan PeriodMin = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan PeriodMax = TimeSpan.FromDays(366);

    /// <summary>Where everything is kept, as a full path; default <c>data</c> below the current directory.</summary>
    public string Data { get; private init; } = Path.GetFullPath("data");

    /// <summary>Whether schedules wait for a release; default false.</summary>
    public bool Hold { get; private init; }

    /// <summary>Whether the sample is installed; default true.</summary>
    public bool Sample { get; private init; } = true;

    /// <summary>How often the sample feeds a quake; 10 ms to 366 days, null for what its file says.</summary>
    public TimeSpan? SamplePeriod { get; private init; }

    /// <summary>A file of definitions to apply, as a full path; null for none.</summary>
    public string? Definitions { get; private init; }

    /// <summary>An archive to make the data folder of, as a full path; null for none.</summary>
    public string? Import { get; private init; }

    /// <summary>Whether rows are written that the release before this one refuses; default false.</summary>
    public bool NewestFormats { get; private init; }

    /// <summary>Whether only the usage is wanted; default false.</summary>
    public bool Help { get; private init; }

    /// <summary>Reads the command line. The last of several equal options counts.</summary>
    /// <exception cref="UsageException">It holds something else.</exception>
    public static StandaloneArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new StandaloneArguments();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count && !args[i].StartsWith("--", StringComparison.Ordinal)
                ? args[i]
                : throw new UsageException($"{args[i - 1]} needs a value.");

            parsed = args[i] switch
            {
                "--data" => parsed with { Data = FullPathOf("--data", Value()) },
                "--import" => parsed with { Import = FullPathOf("--import", Value()) },
                "--definitions" => parsed with { Definitions = FullPathOf("--definitions", Value()) },
                "--hold" => parsed with { Hold = true },
                "--newest-formats" => parsed with { NewestFormats = true },
                "--no-sample" => parsed with { Sample = false },
                "--sample-period" => parsed with { SamplePeriod = PeriodOf(Value()) },
                "--help" or "-h" => parsed with { Help = true },
                _ => throw new UsageException($"'{args[i]}' is not known."),
            };
        }

        return parsed;
    }

    private static string FullPathOf(string name, string text)
    {
        try
        {
            return Path.GetFullPath(text);
        }
        catch (ArgumentException)
        {
            throw new UsageException($"{name} needs a path.");
        }
    }

    private static TimeSpan PeriodOf(string text)
    {
        try
        {
            return Duration.Parse(text) is var period && period >= PeriodMin && period <= PeriodMax
                ? period
                : throw new UsageException("--sample-period goes from 10ms to 366d.");
        }
        catch (SchedulerException fault)
        {
            throw new UsageException($"--sample-period: {fault.Message}");
        }
    }
}
