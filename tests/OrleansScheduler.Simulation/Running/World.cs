using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Clients;
using OrleansScheduler.Simulation.Planning;
using OrleansScheduler.Simulation.Planting;
using OrleansScheduler.Simulation.Storing;
using OrleansScheduler.Testing;

namespace OrleansScheduler.Simulation.Running;

/// <summary>Everything of one simulation: one thread, one clock, one line of random numbers, and the process that lives now.</summary>
internal sealed class World
{
    // More turns than that without any time going by are no work any more.
    private const long TurnsAtOnceMax = 300_000;
    private const int NotesMax = 20_000;

    private readonly Queue<string> _notes = new();
    private readonly List<SimulatedProcess> _all = [];
    private readonly long _began;
    private Violation? _violation;
    private TaskCompletionSource<SimulatedProcess> _up = new();
    private int _processes;
    private long _turnsAtOnce;
    private DateTimeOffset _latest;

    public World(Plan plan, PlantedBug? bug)
    {
        (Plan, Bug) = (plan, bug);
        Turns = new SeededScheduler(plan.Seed, keepsTrace: false);
        Time = new FakeTime(plan.Start);
        StorageRandom = new Random(plan.Seed ^ 0x5bd1e995);
        Ledger = new Ledger(this);
        Client = new Client(this);
        (Rot, Torn) = (new BitRot(this), new TornWrite(this));
        Rows = plan.Storage.Rows is null ? null : new RowTable(this);
        _began = Time.GetTimestamp();
    }

    public Plan Plan { get; }

    /// <summary>What is wrong with the product on purpose; null for nothing.</summary>
    public PlantedBug? Bug { get; }

    public SeededScheduler Turns { get; }

    public FakeTime Time { get; }

    public Random StorageRandom { get; }

    /// <summary>What has landed in storage, and the promises that are checked with every entry.</summary>
    public Ledger Ledger { get; }

    public Client Client { get; }

    /// <summary>Where journals are kept that all processes share; null where each process has its file.</summary>
    public RowTable? Rows { get; }

    /// <summary>
    /// Somebody else has written since the present process started, or something has landed of which its sender had to believe
    /// that it had not. What the process has active may not know it: what it shows may be old until it writes itself, and then
    /// it is told.
    /// </summary>
    public bool IsOvertaken { get; set; }

    /// <summary>By how much the clock was set back in all: what waits for an instant waits so much longer.</summary>
    public TimeSpan SetBack { get; private set; }

    /// <summary>The latest that the clock has ever shown: nothing that was not due by then may have happened.</summary>
    public DateTimeOffset Latest => Time.GetUtcNow() is var now && now > _latest ? now : _latest;

    /// <summary>True while a process goes on that has been replaced.</summary>
    public bool HasZombies => _all.Any(process => process != Process && !process.Turns.IsOver);

    /// <summary>So long a process on shared rows goes on after others have taken its place.</summary>
    public TimeSpan Linger { get; set; }

    /// <summary>What a process finds in its file that starts now.</summary>
    public MemoryImage Image { get; set; } = MemoryImage.Empty;

    /// <summary>What cannot be read any more of what was acknowledged.</summary>
    public BitRot Rot { get; }

    /// <summary>The write that is under way when the process dies.</summary>
    public TornWrite Torn { get; }

    /// <summary>What is wrong with storage now.</summary>
    public IEnumerable<Trouble> Troubles => TroubleList.Where(trouble => trouble.Until > Elapsed);

    public List<Trouble> TroubleList { get; } = [];

    /// <summary>Storage and handlers are well, and nothing more is done to the product.</summary>
    public bool IsCalm { get; set; }

    /// <summary>The process that lives now; null while there is none.</summary>
    public SimulatedProcess? Process { get; private set; }

    /// <summary>The version of the code that actions were last run by.</summary>
    public string Code { get; private set; } = "1";

    /// <summary>The next process runs another version of the code.</summary>
    public void ChangeCode() => Code = Code == "1" ? "0" : "1";

    /// <summary>How long it has gone on.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Time.GetTimestamp() - _began);

    public IEnumerable<string> Notes => _notes;

    /// <summary>Completes with a process that is up.</summary>
    public Task<SimulatedProcess> UpAsync() => _up.Task;

    public void Note(string text)
    {
        Turns.Note(text);
        Tell(text);
    }

    /// <summary>Adds to what is printed, but not to what tells one run of a seed from another.</summary>
    public void Tell(string text)
    {
        _notes.Enqueue($"{Elapsed.TotalSeconds,9:0.000} {text}");
        if (_notes.Count > NotesMax)
        {
            _notes.Dequeue();
        }
    }

    /// <summary>Remembers the first broken promise; the simulation ends with it before the next turn.</summary>
    public void Fail(string rule, string message)
    {
        Note($"BROKEN {rule}: {message}");
        _violation ??= new Violation(rule, message);
    }

    /// <summary>Does something of the simulation's own in a place where the product would take its failure for one of storage or of a handler.</summary>
    public void Guard(string rule, Action own)
    {
        try
        {
            own();
        }
        catch (Exception fault)
        {
            Fail(rule, fault.ToString());
        }
    }

    /// <summary>Begins something that goes on by itself; its failure is one of the simulation.</summary>
    public void Go(Func<Task> work) => _ = GoAsync(work);

    /// <summary>Begins something that belongs to no process and goes on when all of them are gone.</summary>
    public void GoOutside(Func<Task> work)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Turns);
        Go(work);
        SynchronizationContext.SetSynchronizationContext(outer);
    }

    /// <summary>Starts a process, again and again until storage lets it.</summary>
    public async Task StartAsync()
    {
        while (Process is null)
        {
            var process = new SimulatedProcess(this, ++_processes, Image);
            (Process, IsOvertaken, Code) = (process, false, process.Code);
            _all.Add(process);
            Note($"process {process.Number} starts");
            try
            {
                await process.StartAsync();
            }
            catch (SchedulerException fault)
            {
                Rot.NoteStart(fault);
                Note($"process {process.Number} could not start: {fault.Message}");
                Crash();
                await Task.Delay(TimeSpan.FromSeconds(1), Time);
                continue;
            }

            if (Process == process)
            {
                _up.TrySetResult(process);
            }

            return;
        }
    }

    /// <summary>The process is gone at this moment.</summary>
    public void Crash()
    {
        if (Process is not { } process)
        {
            return;
        }

        // What goes on has started: while the embedded engine starts it counts on the lock of its folder, which a cluster has not.
        Linger = Rows is null || !_up.Task.IsCompleted ? TimeSpan.Zero : Linger;
        Note($"process {process.Number} is gone{(Linger > TimeSpan.Zero ? $", and goes on for {Linger.TotalSeconds:0.0} s" : "")}");
        Image = process.Kill(Linger);
        Linger = TimeSpan.Zero;
        Process = null;
        if (_up.Task.IsCompleted)
        {
            _up = new TaskCompletionSource<SimulatedProcess>();
        }

        Ledger.Forget();

        // Who waits for it may go on at once, and finds it gone.
        process.Gone.TrySetResult();
    }

    /// <summary>The process is gone, and another starts after a while.</summary>
    public async Task CrashAsync(TimeSpan down)
    {
        Crash();
        await Task.Delay(down, Time);
        await StartAsync();
    }

    /// <summary>The process ends in good order, and another starts.</summary>
    public async Task RestartAsync()
    {
        if (Process is { } process && _up.Task.IsCompleted)
        {
            Note($"process {process.Number} stops");
            _up = new TaskCompletionSource<SimulatedProcess>();
            await Task.WhenAny(process.StopAsync(), process.Gone.Task);
            if (Process == process)
            {
                Crash();
            }

            await StartAsync();
        }
    }

    /// <summary>It is over. What it leaves behind is collected some time, on a thread of its own: nothing of it may go on.</summary>
    public void End()
    {
        foreach (SimulatedProcess process in _all)
        {
            process.Turns.End();
        }
    }

    /// <summary>Sets the clock.</summary>
    public void Shift(TimeSpan jump)
    {
        (SetBack, _latest) = (SetBack + (jump < TimeSpan.Zero ? -jump : TimeSpan.Zero), Latest);
        Time.ShiftWallClock(jump);
    }

    public void RunFor(TimeSpan span) => RunUntil(() => false, span);

    /// <summary>Lets everything go on, and time pass when nothing can.</summary>
    /// <returns>False when the time was over first.</returns>
    public bool RunUntil(Func<bool> isDone, TimeSpan limit)
    {
        TimeSpan end = Elapsed + limit;
        while (true)
        {
            ThrowIfBroken();
            if (isDone())
            {
                return true;
            }

            if (Turns.RunNext())
            {
                if (++_turnsAtOnce > TurnsAtOnceMax)
                {
                    Fail("progress", "It is at work without an end while the clock stands still.");
                }

                continue;
            }

            if (!Advance(end - Elapsed))
            {
                return false;
            }
        }
    }

    /// <summary>The result of something that the product owes within a while.</summary>
    public T Await<T>(Task<T> task, TimeSpan limit, string what)
    {
        if (!RunUntil(() => task.IsCompleted, limit))
        {
            Fail("answer", $"{what} did not end within {limit}.");
            ThrowIfBroken();
        }

        return task.GetAwaiter().GetResult();
    }

    public void ThrowIfBroken()
    {
        if (_violation is not null)
        {
            throw _violation;
        }
    }

    private async Task GoAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Violation)
        {
            // It is known already.
        }
        catch (Exception fault)
        {
            Fail("simulation", fault.ToString());
        }
    }

    private bool Advance(TimeSpan left)
    {
        TimeSpan next = Time.NextDue is { } due ? due - Time.GetUtcNow() : left;
        if (left <= TimeSpan.Zero && next > TimeSpan.Zero)
        {
            return false;
        }

        TimeSpan step = next < left ? next : left;
        _turnsAtOnce = step > TimeSpan.Zero ? 0 : _turnsAtOnce + 1;
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(NoContext.Instance);
        Time.Advance(step > TimeSpan.Zero ? step : TimeSpan.Zero);
        SynchronizationContext.SetSynchronizationContext(outer);
        return true;
    }
}
