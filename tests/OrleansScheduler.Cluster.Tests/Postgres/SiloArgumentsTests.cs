using OrleansScheduler.Hosting;
using OrleansScheduler.Silo;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Postgres;

public sealed class SiloArgumentsTests
{
    [Fact]
    public void Without_arguments_it_is_the_first_silo_of_a_cluster_in_memory()
    {
        SiloArguments arguments = SiloArguments.Parse([], null);

        Assert.Null(arguments.Postgres);
        Assert.Null(arguments.Primary);
        Assert.Equal(("scheduler", 11111, 30000), (arguments.Cluster, arguments.SiloPort, arguments.GatewayPort));
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "data"), arguments.Data);
    }

    [Fact]
    public void Reads_every_argument()
    {
        SiloArguments arguments = SiloArguments.Parse(
            [
                "--postgres", "Host=db;Username=u", "--apply-schema", "--cluster", "c-1", "--silo-port", "1", "--gateway-port", "2", "--address", "10.0.0.1",
                "--probe-period", "1s", "--probe-misses", "2", "--data", "/x/y", "--definitions", "/x/z.yaml", "--hold", "--newest-formats", "--sample", "--cronos", "--import", "/x/a",
            ],
            "Host=other");

        Assert.Contains("Host=db", arguments.Postgres, StringComparison.Ordinal);
        Assert.True(arguments is { ApplySchema: true, Hold: true, NewestFormats: true, Sample: true, Cronos: true, Help: false, Cluster: "c-1", SiloPort: 1, GatewayPort: 2, ProbeMisses: 2 });
        Assert.Equal(("10.0.0.1", TimeSpan.FromSeconds(1)), (arguments.Address.ToString(), arguments.ProbePeriod));
        Assert.Equal(("/x/y", "/x/z.yaml", "/x/a"), (arguments.Data, arguments.Definitions, arguments.Import));
    }

    [Fact]
    public void The_variable_names_the_database() =>
        Assert.Contains("Host=db", SiloArguments.Parse([], "Host=db").Postgres, StringComparison.Ordinal);

    [Theory]
    [InlineData("'--dta' is not known.", "--dta", "x")]
    [InlineData("--silo-port needs a value.", "--silo-port")]
    [InlineData("--silo-port goes from 1 to 65535.", "--silo-port", "0")]
    [InlineData("--gateway-port goes from 1 to 65535.", "--gateway-port", "65536")]
    [InlineData("are two ports", "--silo-port", "5", "--gateway-port", "5")]
    [InlineData("--apply-schema needs --postgres.", "--apply-schema")]
    [InlineData("--primary is for clusters in memory", "--postgres", "Host=db", "--primary", "5")]
    [InlineData("--import is for the first silo", "--import", "a", "--primary", "5")]
    [InlineData("beyond loopback needs --postgres", "--address", "10.0.0.1")]
    [InlineData("the one IP address", "--address", "0.0.0.0")]
    [InlineData("--cluster is 1 to 100", "--cluster", "a b")]
    [InlineData("--probe-period goes from 100ms to 1m.", "--probe-period", "1ms")]
    [InlineData("--probe-misses goes from 1 to 20.", "--probe-misses", "21")]
    [InlineData("names no Host", "--postgres", "Username=u")]
    public void Says_what_it_does_not_accept(string says, params string[] args)
    {
        UsageException fault = Assert.Throws<UsageException>(() => SiloArguments.Parse(args, null));

        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db;Password=geheim;Port=geheim")]
    [InlineData("geheim")]
    [InlineData("Host=db;Geheim=geheim")]
    public void A_connection_that_is_none_is_not_shown(string connection)
    {
        UsageException fault = Assert.Throws<UsageException>(() => SiloArguments.Parse(["--postgres", connection], null));

        Assert.DoesNotContain("geheim", fault.Message, StringComparison.OrdinalIgnoreCase);
    }
}
