using System.Data.Common;
using Npgsql;

namespace OrleansScheduler.Silo.Postgres;

/// <summary>How a silo connects to its database.</summary>
internal static class PostgresConnections
{
    // Orleans has about twenty statements; what is not among the ones used last is prepared again.
    private const int Prepared = 50;

    /// <summary>The connection with settings for a few short statements over and over; what it sets itself stays.</summary>
    /// <remarks>
    /// Statements are planned once per connection and not each time. Connections go back without having their session reset: no statement
    /// of a silo leaves anything in it, and the reset costs a statement more. Behind a pooler that hands one connection to several clients,
    /// <c>Max Auto Prepare=0</c> turns the first off.
    /// </remarks>
    public static string Tuned(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        var given = new DbConnectionStringBuilder { ConnectionString = settings.ConnectionString };
        if (!given.ContainsKey("Max Auto Prepare"))
        {
            settings.MaxAutoPrepare = Prepared;
        }

        if (!given.ContainsKey("No Reset On Close"))
        {
            settings.NoResetOnClose = true;
        }

        return settings.ConnectionString;
    }

    /// <summary>The connection for an export: one of its own, which is closed after it. What closes it ends its transaction, whatever happens.</summary>
    public static string ForExport(string connection) => new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString;
}
