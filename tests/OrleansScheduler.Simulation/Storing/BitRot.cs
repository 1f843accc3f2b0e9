using OrleansScheduler.Catalogs;
using OrleansScheduler.Definitions;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.History;
using OrleansScheduler.Permissions;
using OrleansScheduler.Schedules;
using OrleansScheduler.Simulation.Clients;
using OrleansScheduler.Simulation.Running;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Storing;

/// <summary>
/// Damages a row that was acknowledged, while nobody has it active. Its actor says what is damaged and nothing else, all others go
/// on; then the row is as it was, and so is the actor.
/// </summary>
internal sealed class BitRot(World world)
{
    private static readonly string[] Kinds = ["schedule", "space", "governor", "history", "permissions", "definitions", "catalog"];

    private TaskCompletionSource _told = new();

    /// <summary>What is damaged now; null for nothing.</summary>
    public Damage? Present
    {
        get;
        private set
        {
            field = value;
            Latest = value ?? Latest;
        }
    }

    /// <summary>What was damaged last; null when nothing was.</summary>
    public Damage? Latest { get; private set; }

    private bool Is(Damage damage) => ReferenceEquals(Present, damage);

    /// <summary>Whether a journal is damaged now.</summary>
    public bool Is(string kind, string key) => Present is { } damage && damage.Kind == kind && damage.Key == key;

    /// <summary>The process is gone, a row is damaged, and another process starts; it ends when the row is as it was.</summary>
    public async Task StrikeAsync(Client client, int place)
    {
        if (world.Process is null || Present is not null || world.HasZombies)
        {
            return;
        }

        world.Crash();
        if (world.Process is not null)
        {
            // It was about to restart, and has: it has read its file already.
            return;
        }

        Action? mend = world.Rows is { } rows ? InRows(rows, place) : InFile(place);
        if (mend is not null)
        {
            _told = new TaskCompletionSource();
            world.Note($"damaged: {Present!.Row} of {Present.Kind}/{Present.Key}");
        }

        StartAgain();
        if (mend is not null && Present is { } damage)
        {
            await RefusesAsync(damage);
            await OthersGoOnAsync(client, damage);

            // It may be over by now, and there may be another one.
            if (Is(damage))
            {
                Mend(mend);
            }
        }
    }

    /// <summary>A process could not start, and said why. Without its governor it does not: nothing could run.</summary>
    public void NoteStart(SchedulerException fault)
    {
        if (Present is { Kind: "governor" } damage && damage.Explains(fault))
        {
            _told.TrySetResult();
        }
    }

    /// <summary>Something has landed in a damaged journal that was sent before, and may have mended it.</summary>
    public void Overwritten()
    {
        if (Present is not null)
        {
            End();
        }
    }

    // Nobody waits for it: the process may be gone before it is up, and then whoever ended it starts the next one.
    private void StartAgain() => world.Go(async () =>
    {
        await Task.Delay(TimeSpan.FromMilliseconds(100), world.Time);
        await world.StartAsync();
    });

    private void Mend(Action mend)
    {
        // A file is mended while nobody has it open; a table while it is in use.
        if (world.Rows is not null)
        {
            mend();
            return;
        }

        for (int life = 0; life < 2; life++)
        {
            // A process that was about to restart has done so at once, and has read what is damaged.
            world.Crash();
        }

        mend();
        StartAgain();
    }

    private Action? InFile(int place)
    {
        (string Kind, string Key)[] journals =
            [.. world.Image.Journals.Where(one => Kinds.Contains(one.Key.Kind) && one.Value.End > 0).Select(one => one.Key).Order(MemoryKeyOrder.Instance)];
        if (journals.Length == 0)
        {
            return null;
        }

        (string kind, string key) = journals[place / 7 % journals.Length];
        MemoryJournalImage known = world.Image.Journals[(kind, key)];
        (Present, MemoryJournalImage spoilt) = Damage.Spoil(kind, key, known, place);
        world.Image = world.Image.With(journals: world.Image.Journals.SetItem((kind, key), spoilt));
        return () =>
        {
            if (!ReferenceEquals(world.Image.Journals[(kind, key)], spoilt))
            {
                world.Fail("damage", $"{kind}/{key} was written while it could not be read.");
            }

            world.Image = world.Image.With(journals: world.Image.Journals.SetItem((kind, key), known));
            End();
        };
    }

    private Action? InRows(RowTable rows, int place)
    {
        (string Kind, string Key, string Name)[] all = [.. rows.Names.Where(row => Kinds.Contains(row.Kind))];
        for (int attempt = 0; attempt < Math.Min(20, all.Length); attempt++)
        {
            (string kind, string key, string name) = all[(place + attempt) % all.Length];
            if (rows.Spoil(kind, key, name, place) is { } mend)
            {
                Present = new Damage(kind, key, name);
                return () =>
                {
                    mend();
                    End();
                    world.Ledger.ReadRows(kind, key);
                };
            }
        }

        return null;
    }

    private void End()
    {
        if (Present is not null)
        {
            world.Note($"mended: {Present.Row} of {Present.Kind}/{Present.Key}");
        }

        Present = null;
    }

    // What cannot be read is not answered.
    private async Task RefusesAsync(Damage damage)
    {
        while (Is(damage))
        {
            Task<SimulatedProcess> up = world.UpAsync();
            await Task.WhenAny(up, _told.Task);
            if (_told.Task.IsCompleted)
            {
                return;
            }

            SimulatedProcess process = await up;
            try
            {
                Task asked = Ask(process.Directory, damage.Kind, damage.Key);
                await Task.WhenAny(asked, process.Gone.Task);
                if (asked.IsCompleted)
                {
                    await asked;
                    if (Is(damage))
                    {
                        world.Fail("damage", $"{damage.Kind}/{damage.Key} answers, although its {damage.Row} is damaged.");
                    }

                    return;
                }
            }
            catch (SchedulerException fault) when (damage.Explains(fault))
            {
                return;
            }
            catch (SchedulerException fault) when (!fault.IsTransient)
            {
                if (!Is(damage))
                {
                    return;
                }

                world.Fail("damage", $"{damage.Kind}/{damage.Key} is damaged at {damage.Row} and says {fault.Code}: {fault.Message}");
                return;
            }
            catch (SchedulerException)
            {
                // Storage is not well besides.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(300), world.Time);
        }
    }

    private async Task OthersGoOnAsync(Client client, Damage damage)
    {
        if (!Is(damage) || damage.Kind == "governor")
        {
            return;
        }

        foreach ((string kind, string key) in world.Ledger.Schedules.Keys.Take(4).Select(key => ("schedule", key))
            .Concat(world.Ledger.Spaces.Keys.Select(key => ("space", key)))
            .Append(("governor", IGovernor.Key)).Append(("permissions", IPermissions.Key)).ToArray())
        {
            if (!Is(kind, key))
            {
                try
                {
                    await client.CallAsync(directory => Ask(directory, kind, key));
                }
                catch (SchedulerException fault) when (fault.Code == ErrorCodes.NotFound)
                {
                    // That is an answer.
                }
            }
        }
    }

    private static Task Ask(IActorDirectory directory, string kind, string key) => kind switch
    {
        "schedule" => directory.Get<ISchedule>(key).GetAsync(CancellationToken.None),
        "space" => directory.Get<ISpace>(key).SummarizeAsync(CancellationToken.None),
        "governor" => directory.Get<IGovernor>(key).GetAsync(CancellationToken.None),
        "history" => directory.Get<IHistory>(key).ListAsync(new HistoryQuery(null, Limit: 1), CancellationToken.None),
        "permissions" => directory.Get<IPermissions>(key).ListAsync(CancellationToken.None),
        "definitions" => directory.Get<IDefinitionSet>(key).GetAsync(CancellationToken.None),
        _ => directory.Get<ICatalog>(key).ListAsync(MemberKind.Schedule, null, 1, CancellationToken.None),
    };
}
