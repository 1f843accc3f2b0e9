using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using OrleansScheduler.Cluster.Tests.Hosts;
using OrleansScheduler.Cluster.Tests.Postgres;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Archives;

/// <summary>Exports of real silos on PostgreSQL, through the real command line.</summary>
[Collection(PostgresGroup.Name)]
public sealed class StoredExportTests(PostgresServer server) : IDisposable
{
    private const string Lock = "pg_advisory_xact_lock(x'4F534358'::int, hashtext('scheduler'))";

    private const string Definitions = """
        name: life
        spaces:
          long: {documents: {seed: 1}}
        schedules:
          endless: {every: 300d, target: {handler: expression, space: long, payload: {script: "for (;;) { }", write: never, time_limit: 60s}}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-").FullName;

    [Fact]
    public async Task What_osched_exports_of_a_cluster_goes_on_in_another_one_and_in_one_process()
    {
        string archive = Path.Combine(_folder, "backup.jsonl");
        string definitions = Path.Combine(_folder, "scheduler.yaml");
        await File.WriteAllTextAsync(definitions, Definitions);
        await using (SiloProcess silo = await StartAsync("1", await server.NewDatabaseAsync(), "--definitions", definitions))
        {
            await silo.PutAsync("spaces/kept/documents/value", "42");
            await silo.PostAsync("schedules/endless/execute");

            var exported = await new CommandLine(silo, Data("1")).RunAsync("export", archive);

            Assert.True(exported.ExitCode == 0, exported.Errors);
            Assert.Contains("The archive is whole", exported.Errors, StringComparison.Ordinal);
            JsonElement exports = (await silo.GetAsync("../../health/ready")).GetProperty("components").EnumerateArray()
                .Single(component => component.GetProperty("name").GetString() == "exports");
            Assert.Equal("No export is under way.", exports.GetProperty("detail").GetString());
        }

        // The reminders of what is under way are those that Orleans stored.
        byte[] bytes = await File.ReadAllBytesAsync(archive);
        string[] texts = await ArchiveTexts.ReadAsync(bytes);
        Assert.All(
            ["governor/governor ", "schedule/default/endless "],
            actor => Assert.Matches("T[0-9:]{8}$", texts.Single(text => text.StartsWith(actor, StringComparison.Ordinal))));

        await using (SiloProcess silo = await StartAsync("2", await server.NewDatabaseAsync(), "--import", archive))
        {
            Assert.Equal(42, (await silo.GetAsync("spaces/kept/documents/value")).GetProperty("value").GetInt32());
            JsonElement changed = await silo.PutAsync("spaces/kept/documents/value", "43");
            Assert.True(changed.GetProperty("sequence").GetInt64() > 1L << 40);
            Assert.Equal("default/endless", (await silo.GetAsync("schedules/endless")).GetProperty("schedule").GetString());
        }

        await using EmbeddedOriginal restored = await EmbeddedOriginal.ImportAsync(bytes, TestTime.System.GetUtcNow(), _ => { });
        var read = await restored.Directory.Get<ISpace>("default/kept").ReadAsync([new ReadTarget(Address.Parse("value"), ReadDepth.Deep)], null, CancellationToken.None);
        Assert.Equal("42", read.Reads[0].Value?.ToString());
        Assert.Equal(2, restored.Epoch);
    }

    [Fact]
    public async Task Who_leaves_in_the_middle_of_an_export_leaves_no_transaction()
    {
        string connection = await server.NewDatabaseAsync();
        await using SiloProcess silo = await StartAsync("1", connection);
        string document = $"\"{new string('x', 900_000)}\"";
        for (int number = 0; number < 40; number++)
        {
            await silo.PutAsync($"spaces/big/documents/d{number}", document);
        }

        using (var http = new HttpClient { BaseAddress = new Uri(silo.Address) })
        {
            string token = await File.ReadAllTextAsync(Path.Combine(Data("1"), "administrator.token"));
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
            using HttpResponseMessage answer = await http.GetAsync("/api/v1/ops/export", HttpCompletionOption.ResponseHeadersRead);

            // Far more than what lies between two processes, so that the silo waits for its reader.
            Assert.True(answer.IsSuccessStatusCode, answer.ToString());
            Assert.False(await PostgresServer.AskAsync<bool>(connection, "SELECT pg_try_" + Lock["pg_".Length..]));
        }

        // Waits on the server until the transaction is over.
        await PostgresServer.ExecuteAsync(connection, "SELECT " + Lock);
        Assert.False(silo.HasExited);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Data(string name) => Path.Combine(_folder, name);

    private Task<SiloProcess> StartAsync(string name, string connection, params string[] arguments)
    {
        string[] ports = [.. SiloProcess.FreePorts(2).Select(port => port.ToString(CultureInfo.InvariantCulture))];
        return SiloProcess.StartAsync(
            connection, ["--silo-port", ports[0], "--gateway-port", ports[1], "--data", Data(name), "--probe-period", "1s", "--probe-misses", "2", .. arguments]);
    }
}
