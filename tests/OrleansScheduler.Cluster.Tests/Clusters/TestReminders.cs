using Orleans.Timers;

namespace OrleansScheduler.Cluster.Tests.Clusters;

/// <summary>Reminders on the clock of the test. They outlive clusters, as a table does.</summary>
/// <remarks>Those of Orleans look at the clock in steps of their own, which a clock that jumps leaves behind.</remarks>
internal sealed class TestReminders(TimeProvider time) : IReminderRegistry
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(GrainId Grain, string Name), Reminder> _reminders = [];
    private IGrainFactory? _grains;

    /// <summary>Connects them to a cluster that has started. What was missed comes now, and what is due within a minute comes early.</summary>
    public void Connect(IGrainFactory grains)
    {
        lock (_gate)
        {
            _grains = grains;
            foreach (Reminder reminder in _reminders.Values)
            {
                reminder.Due = reminder.Due - time.GetUtcNow() <= Early ? time.GetUtcNow() : reminder.Due;
                Arm(reminder);
            }
        }
    }

    /// <summary>No reminder comes until they are connected again.</summary>
    public void Disconnect()
    {
        lock (_gate)
        {
            _grains = null;
        }
    }

    public Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMinutes(1));
        var reminder = new Reminder(callingGrainId, reminderName, time.GetUtcNow() + dueTime, period);
        lock (_gate)
        {
            Remove(callingGrainId, reminderName);
            _reminders[(callingGrainId, reminderName)] = reminder;
            Arm(reminder);
        }

        return Task.FromResult<IGrainReminder>(reminder);
    }

    public Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        lock (_gate)
        {
            Remove(callingGrainId, reminder.ReminderName);
        }

        return Task.CompletedTask;
    }

    public Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName)
    {
        lock (_gate)
        {
            return Task.FromResult<IGrainReminder?>(_reminders.GetValueOrDefault((callingGrainId, reminderName)));
        }
    }

    public Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId)
    {
        lock (_gate)
        {
            return Task.FromResult(_reminders.Values.Where(reminder => reminder.Grain == callingGrainId).ToList<IGrainReminder>());
        }
    }

    /// <summary>All of them, as a table would hold them.</summary>
    public (GrainId Grain, string Name, DateTimeOffset Due)[] All
    {
        get
        {
            lock (_gate)
            {
                return [.. _reminders.Select(one => (one.Key.Grain, one.Key.Name, one.Value.Due))];
            }
        }
    }

    private void Remove(GrainId grain, string name)
    {
        if (_reminders.Remove((grain, name), out Reminder? present))
        {
            present.Timer?.Dispose();
        }
    }

    private void Arm(Reminder reminder)
    {
        reminder.Timer?.Dispose();
        TimeSpan wait = reminder.Due - time.GetUtcNow();
        reminder.Timer = time.CreateTimer(_ => Fire(reminder), null, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        if (wait <= TimeSpan.Zero)
        {
            Fire(reminder);
        }
    }

    private void Fire(Reminder reminder)
    {
        lock (_gate)
        {
            if (_grains is not { } grains || _reminders.GetValueOrDefault((reminder.Grain, reminder.ReminderName)) != reminder)
            {
                return;
            }

            DateTimeOffset now = time.GetUtcNow();
            var status = new TickStatus(reminder.Due.UtcDateTime, reminder.Period, now.UtcDateTime);
            reminder.Due = now + reminder.Period;
            reminder.Timer?.Dispose();
            reminder.Timer = time.CreateTimer(_ => Fire(reminder), null, reminder.Period, Timeout.InfiniteTimeSpan);
            _ = grains.GetGrain<IRemindable>(reminder.Grain).ReceiveReminder(reminder.ReminderName, status);
        }
    }

    private sealed class Reminder(GrainId grain, string name, DateTimeOffset due, TimeSpan period) : IGrainReminder
    {
        public GrainId Grain => grain;

        public string ReminderName => name;

        public TimeSpan Period => period;

        public DateTimeOffset Due { get; set; } = due;

        public ITimer? Timer { get; set; }
    }
}
