using System.Globalization;
using System.Net;
using Npgsql;
using OrleansScheduler.Errors;
using OrleansScheduler.Hosting;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Silo;

/// <summary>The command line.</summary>
internal sealed record SiloArguments
{
    /// <summary>The environment variable that stands in for <c>--postgres</c>, which others on the machine can read.</summary>
    public const string PostgresVariable = "SCHEDULER_POSTGRES";

    /// <summary>What <c>--help</c> says.</summary>
    public const string Usage = """
        Usage: OrleansScheduler.Silo [options]

          --postgres CONNECTION  keep everything in this PostgreSQL database, such as "Host=db;Username=scheduler;Database=scheduler";
                                 better in the variable SCHEDULER_POSTGRES, which other users cannot read.
                                 Without either the cluster is of this machine and lives in memory only
          --apply-schema         bring the database to the version of this program first; silos may do so at once
          --cluster NAME         the cluster that this silo belongs to (default: scheduler)
          --silo-port PORT       where other silos reach this one (default: 11111)
          --gateway-port PORT    where clients of the cluster reach it (default: 30000)
          --address IP           its address for both (default: 127.0.0.1); beyond loopback keep both ports closed to others
          --primary PORT         without PostgreSQL: the silo port of the first silo on this machine (default: this is the first)
          --probe-period TIME    how long a silo may take to answer others, 100ms to 1m (default: 5s)
          --probe-misses N       how often it may fail to before it counts as dead, 1 to 20 (default: 3)
          --data FOLDER          where the token, handlers' files and the list of started programs are (default: ./data)
          --import FILE          make the deployment of an archive of osched export; for the first silo of a cluster without any data
          --definitions FILE     apply this scheduler.yaml or .json at the start
          --sample               bring the earthquake sample: its handlers and its definitions; all silos of a cluster alike
          --cronos               schedules defined from now on take their instants from Cronos where it reads their cron expression;
                                 all silos of a cluster alike
          --hold                 start for maintenance: this silo fires no schedule until POST /api/v1/ops/release
          --newest-formats       write what the release before this one cannot read, once every silo is of this one
          --help                 this text

        The address comes from ASPNETCORE_URLS (default: http://127.0.0.1:5080); only loopback is accepted.
        Exit codes: 0 stopped in order, 1 failed, 2 arguments or address not accepted, 4 the schema of the database is missing, older,
        newer or incomplete, 5 a port is in use, 6 the definitions have faults, 7 the archive to import is cut off or was changed,
        8 the cluster to import into has data already; 3 another silo imports, or an import was broken off: empty the database.
        DATA/administrator.token holds the secret of administrators; it is made at the first start. Each silo has its own folder.
        """;

    private const int NameCharactersMax = 100;
    private const int MissesMax = 20;
    private static readonly TimeSpan ProbePeriodMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ProbePeriodMax = TimeSpan.FromMinutes(1);

    /// <summary>The database; null for memory. It may hold a password, so it is never shown.</summary>
    public string? Postgres { get; private init; }

    /// <summary>Whether to bring the schema up to date first; default false.</summary>
    public bool ApplySchema { get; private init; }

    /// <summary>The name of the cluster, of 1 to 100 letters, digits, dots, hyphens and underscores; default <c>scheduler</c>.</summary>
    public string Cluster { get; private init; } = "scheduler";

    /// <summary>Where other silos reach this one; default 11111.</summary>
    public int SiloPort { get; private init; } = 11111;

    /// <summary>Where clients reach it; default 30000.</summary>
    public int GatewayPort { get; private init; } = 30000;

    /// <summary>The address for both; default 127.0.0.1.</summary>
    public IPAddress Address { get; private init; } = IPAddress.Loopback;

    /// <summary>The silo port of the first silo of a cluster in memory; null when this is the first.</summary>
    public int? Primary { get; private init; }

    /// <summary>How long a silo may take to answer; 100 ms to 1 minute, default 5 seconds.</summary>
    public TimeSpan ProbePeriod { get; private init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many answers in a row it may miss; 1 to 20, default 3.</summary>
    public int ProbeMisses { get; private init; } = 3;

    /// <summary>What is this process's own, as a full path; default <c>data</c> below the current directory.</summary>
    public string Data { get; private init; } = Path.GetFullPath("data");

    /// <summary>A file of definitions to apply, as a full path; null for none.</summary>
    public string? Definitions { get; private init; }

    /// <summary>Whether to bring the sample; default false, because every silo of a cluster needs its handlers.</summary>
    public bool Sample { get; private init; }

    /// <summary>Whether Cronos tells when schedules are due that are defined from now on; default false.</summary>
    public bool Cronos { get; private init; }

    /// <summary>An archive to make the deployment of, as a full path; null for none.</summary>
    public string? Import { get; private init; }

    /// <summary>Whether schedules wait for a release; default false.</summary>
    public bool Hold { get; private init; }

    /// <summary>Whether rows are written that the release before this one refuses; default false.</summary>
    public bool NewestFormats { get; private init; }

    /// <summary>Whether only the usage is wanted; default false.</summary>
    public bool Help { get; private init; }

    /// <summary>Reads the command line. The last of several equal options counts.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="postgres">What <see cref="PostgresVariable"/> says; null or empty for nothing. The option wins.</param>
    /// <exception cref="UsageException">It holds something else.</exception>
    public static SiloArguments Parse(IReadOnlyList<string> args, string? postgres)
    {
        var parsed = string.IsNullOrWhiteSpace(postgres) ? new SiloArguments() : new SiloArguments { Postgres = ConnectionOf(PostgresVariable, postgres) };
        for (var i = 0; i < args.Count; i++)
        {
            string option = args[i];
            string Value() => ++i < args.Count && !args[i].StartsWith("--", StringComparison.Ordinal)
                ? args[i]
                : throw new UsageException($"{option} needs a value.");

            parsed = option switch
            {
                "--postgres" => parsed with { Postgres = ConnectionOf(option, Value()) },
                "--apply-schema" => parsed with { ApplySchema = true },
                "--cluster" => parsed with { Cluster = NameOf(Value()) },
                "--silo-port" => parsed with { SiloPort = PortOf(option, Value()) },
                "--gateway-port" => parsed with { GatewayPort = PortOf(option, Value()) },
                "--address" => parsed with { Address = AddressOf(Value()) },
                "--primary" => parsed with { Primary = PortOf(option, Value()) },
                "--probe-period" => parsed with { ProbePeriod = PeriodOf(Value()) },
                "--probe-misses" => parsed with { ProbeMisses = NumberOf(option, Value(), MissesMax) },
                "--data" => parsed with { Data = FullPathOf(option, Value()) },
                "--import" => parsed with { Import = FullPathOf(option, Value()) },
                "--definitions" => parsed with { Definitions = FullPathOf(option, Value()) },
                "--sample" => parsed with { Sample = true },
                "--cronos" => parsed with { Cronos = true },
                "--hold" => parsed with { Hold = true },
                "--newest-formats" => parsed with { NewestFormats = true },
                "--help" or "-h" => parsed with { Help = true },
                _ => throw new UsageException($"'{option}' is not known."),
            };
        }

        return parsed.Checked();
    }

    private SiloArguments Checked() => this switch
    {
        { Help: true } => this,
        { Postgres: null, ApplySchema: true } => throw new UsageException("--apply-schema needs --postgres."),
        { Postgres: not null, Primary: not null } => throw new UsageException("--primary is for clusters in memory; with PostgreSQL silos find each other there."),
        { Import: not null, Primary: not null } => throw new UsageException("--import is for the first silo of a cluster."),
        { Postgres: null } when !IPAddress.IsLoopback(Address) => throw new UsageException("--address beyond loopback needs --postgres."),
        _ when SiloPort == GatewayPort => throw new UsageException("--silo-port and --gateway-port are two ports."),
        _ => this,
    };

    // The fault of the parser may quote what it was given.
    private static string ConnectionOf(string name, string text)
    {
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(text);
            return string.IsNullOrWhiteSpace(connection.Host) ? throw new UsageException($"{name} names no Host.") : connection.ConnectionString;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new UsageException($"{name} is no connection of PostgreSQL; one looks like Host=db;Username=scheduler;Database=scheduler.");
        }
    }

    private static string NameOf(string text) =>
        text.Length is > 0 and <= NameCharactersMax && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_')
            ? text
            : throw new UsageException($"--cluster is 1 to {NameCharactersMax} letters, digits, dots, hyphens and underscores.");

    private static int PortOf(string name, string text) => NumberOf(name, text, ushort.MaxValue);

    private static int NumberOf(string name, string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= max
            ? number
            : throw new UsageException($"{name} goes from 1 to {max}.");

    private static IPAddress AddressOf(string text) =>
        IPAddress.TryParse(text, out IPAddress? address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
            ? address
            : throw new UsageException("--address is the one IP address that others reach this silo by.");

    private static TimeSpan PeriodOf(string text)
    {
        try
        {
            return Duration.Parse(text) is var period && period >= ProbePeriodMin && period <= ProbePeriodMax
                ? period
                : throw new UsageException("--probe-period goes from 100ms to 1m.");
        }
        catch (SchedulerException fault)
        {
            throw new UsageException($"--probe-period: {fault.Message}");
        }
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
}
