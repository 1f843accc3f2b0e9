using Npgsql;
using OrleansScheduler.Silo.Postgres;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Postgres;

public sealed class PostgresConnectionsTests
{
    [Fact]
    public void Statements_are_prepared_and_sessions_not_reset()
    {
        var tuned = new NpgsqlConnectionStringBuilder(PostgresConnections.Tuned("Host=db;Username=u;Password=p"));

        Assert.Equal(("db", "u", "p"), (tuned.Host, tuned.Username, tuned.Password));
        Assert.Equal((50, true), (tuned.MaxAutoPrepare, tuned.NoResetOnClose));
    }

    [Fact]
    public void What_the_connection_says_itself_stays()
    {
        var tuned = new NpgsqlConnectionStringBuilder(PostgresConnections.Tuned("Host=db;MaxAutoPrepare=7;No Reset On Close=false"));

        Assert.Equal((7, false), (tuned.MaxAutoPrepare, tuned.NoResetOnClose));
    }

    [Fact]
    public void Preparing_can_be_turned_off() =>
        Assert.Equal(0, new NpgsqlConnectionStringBuilder(PostgresConnections.Tuned("Host=db;Max Auto Prepare=0")).MaxAutoPrepare);
}
