using System.Diagnostics;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>What survives a killed host, and what only looks like it.</summary>
public sealed class ProcessLedgerTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData("exec 3>{0}; echo ready >&3; sleep 300")]
    [InlineData("exec 3>{0}; (trap '' TERM; sleep 300 & setsid sleep 300 & echo ready >&3; wait) & exit 0")]
    [InlineData("exec 3>{0}; env -i /bin/sleep 300 & sleep 300 & echo ready >&3; exit 0")]
    public async Task What_survives_a_killed_host_is_ended_with_all_that_it_started(string command)
    {
        using var folder = new TestFolder();
        string pipe = folder.Pipe("alive");
        string payload = ProcessFixture.Shell(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, pipe)).ToString();
        using Process host = WorkerProgram.Start("process", folder.At("ledger"), payload);
        using StreamReader alive = await NamedPipeReader.OpenAsync(pipe);
        Assert.Equal("ready", await Task.Run(alive.ReadLine));
        await WorkerProgram.KillAsync(host);

        IReadOnlyList<Survivor> survivors = await new ProcessLedger(folder.At("ledger")).EndSurvivorsAsync(Grace, CancellationToken.None);

        Assert.Equal("", await NamedPipeReader.ToEndAsync(alive));
        Survivor survivor = Assert.Single(survivors);
        Assert.Equal((SurvivorOutcome.Ended, "host#1", "/bin/sh"), (survivor.Outcome, survivor.Run, survivor.Program));
        Assert.NotEmpty(survivor.Ended);
        Assert.Empty(Directory.GetFiles(folder.At("ledger")));
        Assert.Empty(await new ProcessLedger(folder.At("ledger")).EndSurvivorsAsync(Grace, CancellationToken.None));
    }

    [Fact]
    public async Task An_innocent_process_that_got_the_number_is_never_touched()
    {
        using var folder = new TestFolder();
        using Process innocent = Process.Start(new ProcessStartInfo("setsid", ["cat"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await innocent.StandardInput.WriteLineAsync("up");
        await innocent.StandardInput.FlushAsync();
        await innocent.StandardOutput.ReadLineAsync();
        ProcessStat stat = ProcessTable.Find(innocent.Id)!.Value;
        string boot = ProcessTable.BootId();
        string mark = ProcessMark.Create();
        var writer = new ProcessLedger(folder.At("ledger"));
        await writer.AddAsync(new LedgerEntry(new ProcessIdentity(stat.Pid, stat.StartTime, boot, mark), "all but the mark", "/bin/cat"), CancellationToken.None);
        await writer.AddAsync(new LedgerEntry(new ProcessIdentity(stat.Pid, stat.StartTime - 1, boot, ProcessMark.Create()), "another start", "/bin/cat"), CancellationToken.None);
        await writer.AddAsync(new LedgerEntry(new ProcessIdentity(stat.Pid, stat.StartTime, "other", ProcessMark.Create()), "another boot", "/bin/cat"), CancellationToken.None);
        File.WriteAllText(folder.At("ledger/9-x.process.json"), "{");

        IReadOnlyList<Survivor> survivors = await new ProcessLedger(folder.At("ledger")).EndSurvivorsAsync(Grace, CancellationToken.None);

        Assert.Equal(
            [("", SurvivorOutcome.Unreadable), ("all but the mark", SurvivorOutcome.Unverified), ("another boot", SurvivorOutcome.Gone), ("another start", SurvivorOutcome.Gone)],
            survivors.Select(survivor => (survivor.Run, survivor.Outcome)).OrderBy(pair => pair.Run, StringComparer.Ordinal));
        Assert.Equal(2, Directory.GetFiles(folder.At("ledger")).Length);
        await innocent.StandardInput.WriteLineAsync("still here");
        await innocent.StandardInput.FlushAsync();
        Assert.Equal("still here", await innocent.StandardOutput.ReadLineAsync());
        innocent.StandardInput.Close();
        await innocent.WaitForExitAsync();
    }

    [Fact]
    public async Task A_ledger_leaves_alone_what_it_recorded_itself()
    {
        await using var fixture = new ProcessFixture();
        string pipe = fixture.Folder.Pipe("alive");
        var run = new TestRun(ProcessFixture.Shell($"exec 3>{pipe}; read -r x < {fixture.Folder.Pipe("go")}; echo $x"));
        Task handling = fixture.Handler.HandleAsync(run);
        using StreamReader alive = await NamedPipeReader.OpenAsync(pipe);

        IReadOnlyList<Survivor> survivors = await fixture.Options.Ledger.EndSurvivorsAsync(Grace, CancellationToken.None);
        await Task.Run(() => File.WriteAllText(fixture.Folder.At("go"), "untouched\n"));
        await handling;

        Assert.Empty(survivors);
        Assert.Equal("untouched\n", ((JsonObject)run.Writes["out"])["stdout"]!.AsText());
    }
}
