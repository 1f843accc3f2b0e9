using System.Diagnostics;
using System.Globalization;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>How real trees of processes end. Each of their members holds a pipe open, so that its end is seen.</summary>
public sealed class ProcessEndTests
{
    [Fact]
    public async Task An_abort_ends_the_whole_tree_whoever_hides_in_it()
    {
        await using var fixture = new ProcessFixture();
        string pipe = fixture.Folder.Pipe("alive");

        // One deaf to SIGTERM, one in a session of its own without a parent, one with a cleared environment below its parent.
        var run = new TestRun(ProcessFixture.Shell($"""
            exec 3>{pipe}
            sh -c 'trap "" TERM; echo deaf >&3; while :; do sleep 300; done' &
            setsid sh -c '(sleep 300 & echo $! >&3) & wait; exit' &
            env -i /bin/sh -c 'echo bare >&3; exec /bin/sleep 300' &
            wait
            """));
        Task handling = fixture.Handler.HandleAsync(run);
        using StreamReader alive = await NamedPipeReader.OpenAsync(pipe);
        string[] said = [.. (await Task.Run(() => Enumerable.Range(0, 3).Select(_ => alive.ReadLine()!).ToArray())).Order(StringComparer.Ordinal)];

        run.Abort();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => handling);
        Assert.Equal("", await NamedPipeReader.ToEndAsync(alive));
        Assert.Equal(["bare", "deaf"], said[1..]);
        Assert.Contains("was ended", Assert.Single(run.Logged), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(fixture.LedgerFolder));
    }

    [Fact]
    public async Task An_abort_lets_a_program_end_in_its_own_way_once()
    {
        await using var fixture = new ProcessFixture();
        fixture.Options = fixture.Options with { TerminationGrace = TimeSpan.FromMinutes(5) };
        string pipe = fixture.Folder.Pipe("alive");
        var run = new TestRun(ProcessFixture.Shell($"trap 'echo asked >&3; exit 0' TERM; exec 3>{pipe}; echo ready >&3; while :; do read -r x < {fixture.Folder.Pipe("never")}; done"));
        Task handling = fixture.Handler.HandleAsync(run);
        using StreamReader alive = await NamedPipeReader.OpenAsync(pipe);
        await Task.Run(alive.ReadLine);

        run.Abort();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => handling);
        Assert.Equal("asked\n", await NamedPipeReader.ToEndAsync(alive));
    }

    [Fact]
    public async Task What_a_program_leaves_in_the_background_is_ended_and_does_not_hold_up_its_run()
    {
        await using var fixture = new ProcessFixture();
        string pipe = fixture.Folder.Pipe("alive");
        var run = new TestRun(ProcessFixture.Shell($"exec 3>{pipe}; sleep 300 & env -i /bin/sleep 300 & setsid sleep 300 >/dev/null 2>&1 & echo done"));
        Task handling = fixture.Handler.HandleAsync(run);
        using StreamReader alive = await NamedPipeReader.OpenAsync(pipe);

        await handling;

        Assert.Equal("", await NamedPipeReader.ToEndAsync(alive));
        Assert.Equal("done\n", ((JsonObject)run.Writes["out"])["stdout"]!.AsText());
        Assert.Contains("Left in the background and ended", run.Logged[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_ends_soon_after_its_program_is_waited_for()
    {
        await using var fixture = new ProcessFixture();
        fixture.Options = fixture.Options with { BackgroundGrace = TimeSpan.FromMinutes(5) };
        string pipe = fixture.Folder.Pipe("go");
        var run = new TestRun(ProcessFixture.Shell($"(read -r x < {pipe}; echo late $x) & echo early"));
        Task handling = fixture.Handler.HandleAsync(run);

        await Task.Run(() => File.WriteAllText(pipe, "word\n"));
        await handling;

        Assert.Equal("early\nlate word\n", ((JsonObject)run.Writes["out"])["stdout"]!.AsText());
        Assert.EndsWith("ended with 0.", run.Logged[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cannot_be_found_and_holds_the_output_does_not_hold_up_the_run()
    {
        await using var fixture = new ProcessFixture();
        string pipe = fixture.Folder.Pipe("release");

        // A session of its own, no parent, no environment: the program ends only when it is in that state.
        JsonObject outcome = await fixture.RunAsync(ProcessFixture.Shell(
            $"(setsid env -i /bin/sh -c ': > {fixture.Folder.At("out")}; read -r x < {pipe}' &) ; while [ ! -e {fixture.Folder.At("out")} ]; do :; done; echo done"));

        Assert.Equal("done\n", outcome["stdout"]!.AsText());
        await Task.Run(() => File.WriteAllText(pipe, "end\n"));
    }

    [Fact]
    public async Task Disposal_ends_what_runs()
    {
        var fixture = new ProcessFixture();
        string pipe = fixture.Folder.Pipe("alive");
        Task handling = fixture.Handler.HandleAsync(new TestRun(ProcessFixture.Shell($"exec 3>{pipe}; sleep 300")));
        using StreamReader alive = await NamedPipeReader.OpenAsync(pipe);

        await fixture.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => handling);
        Assert.Equal("", await NamedPipeReader.ToEndAsync(alive));
    }

    [Fact]
    public async Task A_program_whose_gate_was_not_opened_never_ran_when_its_host_is_killed()
    {
        using var folder = new TestFolder();
        string ran = folder.At("ran");
        using Process host = WorkerProgram.Start("gate", folder.At("ledger"), ProcessFixture.Program("touch", ran).ToString());
        int gate = int.Parse((await host.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        int descriptor = NativeProcesses.OpenProcess(gate);
        Assert.Single(Directory.GetFiles(folder.At("ledger")));

        await WorkerProgram.KillAsync(host);

        Assert.True(await WorkerProgram.EndOfAsync(descriptor));
        NativeProcesses.CloseDescriptor(descriptor);
        Assert.False(File.Exists(ran));
    }
}
