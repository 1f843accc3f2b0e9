using System.Globalization;
using System.Text.Json;
using OrleansScheduler.Cluster.Tests.Postgres;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Archives;

/// <summary>Import by a real silo, into PostgreSQL and into memory.</summary>
[Collection(PostgresGroup.Name)]
public sealed class StoredImportTests(PostgresServer server) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-").FullName;
    private readonly int[] _ports = SiloProcess.FreePorts(2);

    [Fact]
    public async Task An_archive_becomes_a_cluster_once_and_the_cluster_goes_on()
    {
        string connection = await server.NewDatabaseAsync();
        string archive = await ExportAsync();
        byte[] bytes = await File.ReadAllBytesAsync(archive);
        await File.WriteAllBytesAsync(archive + ".cut", bytes[..(bytes.Length / 2)]);
        (int cut, string reason) = await SiloProcess.RunAsync(connection, Arguments("--import", archive + ".cut"));
        await using (SiloProcess silo = await SiloProcess.StartAsync(connection, Arguments("--import", archive)))
        {
            Assert.Contains("the deployment is in epoch 2", silo.Said, StringComparison.Ordinal);
            Assert.Equal("2", await EpochAsync(silo));
            Assert.Equal(0, await silo.TerminateAsync());
        }

        (int again, string refused) = await SiloProcess.RunAsync(connection, Arguments("--import", archive));
        await using SiloProcess next = await SiloProcess.StartAsync(connection, Arguments());

        Assert.Equal((7, 8), (cut, again));
        Assert.Contains("the archive is cut off", reason, StringComparison.Ordinal);
        Assert.Contains("empty deployment only", refused, StringComparison.Ordinal);
        Assert.Equal("2", await EpochAsync(next));
        long stored = await PostgresServer.AskAsync<long>(connection, "SELECT count(*) FROM scheduler_row WHERE state = 'space.journal'");
        Assert.Equal(1, stored);
    }

    [Fact]
    public async Task A_silo_in_memory_imports_too()
    {
        await using SiloProcess silo = await SiloProcess.StartAsync(null, Arguments("--import", await ExportAsync()));

        Assert.Equal("2", await EpochAsync(silo));
        JsonElement changed = await silo.PutAsync("spaces/other/documents/note", "1");
        Assert.Equal((1L << 40) + 1, changed.GetProperty("sequence").GetInt64());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string?> EpochAsync(SiloProcess silo) =>
        (await silo.GetAsync("../../health/ready")).GetProperty("components").EnumerateArray()
            .Single(component => component.GetProperty("name").GetString() == "storage")
            .GetProperty("data").GetProperty("epoch").GetString();

    private async Task<string> ExportAsync()
    {
        string archive = Path.Combine(_folder, "archive.jsonl");
        await using EmbeddedOriginal original = await EmbeddedOriginal.StartAsync(_ => { });
        await original.CommitAsync(("a", "1"), ("b", "[2]"));
        await File.WriteAllBytesAsync(archive, await original.ExportAsync());
        return archive;
    }

    private string[] Arguments(params string[] more) =>
    [
        "--silo-port", Text(_ports[0]), "--gateway-port", Text(_ports[1]), "--data", Path.Combine(_folder, "data"), "--probe-period", "1s", "--probe-misses", "2", .. more,
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
