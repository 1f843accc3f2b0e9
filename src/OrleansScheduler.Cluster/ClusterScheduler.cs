using System.Collections.Immutable;
using OrleansScheduler.Clocks;
using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Cluster.Archives;
using OrleansScheduler.Cluster.Deployments;
using OrleansScheduler.Cluster.Placement;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Clocks;
using OrleansScheduler.Core.Storage.Background;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Cluster;

/// <summary>The scheduler in this silo. It starts and stops with the silo.</summary>
public sealed class ClusterScheduler : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly ClusterProcess _process;
    private readonly ClusterMembers _members;
    private readonly ClockMoving _moving;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SchedulerExports _exports;
    private ClockKeeper? _keeper;
    private ITimer? _collector;
    private Task _keeping = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;
    private Task _bringing = Task.CompletedTask;
    private volatile Exception? _clockFault;

    internal ClusterScheduler(ClusterProcess process, ClusterMembers members, ClockMoving moving)
    {
        _process = process;
        _members = members;
        _exports = new SchedulerExports(OpenArchiveAsync, process.Options.Time, _stopping.Token);
        _moving = moving;
    }

    /// <summary>The way to the actors.</summary>
    public IActorDirectory Directory => _process.Directory;

    /// <summary>The start of the deployment that this silo belongs to; null until it has started. The first silo of a cluster opens one,
    /// and those that come while another one lives belong to the same.</summary>
    public DeploymentStart? Start { get; private set; }

    /// <summary>The epoch of the deployment, from 1; it grows with every import. 1 until the silo has started.</summary>
    public long Epoch => Start is null ? 1 : _process.Epoch;

    /// <summary>The archive that this silo has imported at its start; null for none.</summary>
    public ArchiveSummary? Imported { get; private set; }

    /// <summary>How far the export of this silo is that is under way; null when none is.</summary>
    public ExportProgress? Export => _exports.UnderWay;

    /// <summary>True while schedules do not fire because of <see cref="ClusterSchedulerOptions.Hold"/>.</summary>
    public bool IsOnHold => !_process.Gate.IsOpen;

    /// <summary>Why a clock shard could not be touched last time; null when all could.</summary>
    public string? ClockFault => _clockFault?.Message;

    /// <summary>State of actors of this silo that may lag behind and cannot be written now; at most 1,000.</summary>
    public ImmutableArray<BackgroundTrouble> Unwritten => _process.Background.Troubles;

    /// <summary>The actors of this silo, as kind/key, that ended without having stored their newest state.</summary>
    public ImmutableArray<string> Unflushed => _process.Unflushed;

    /// <summary>Settles an instant of the whole cluster and gets ready to write an archive of it, while everything goes on.</summary>
    /// <param name="skipDamaged">True to leave out actors whose rows are damaged; false to fail when there are any.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>To be disposed: until then a transaction is open in the database. It ends after an hour by itself.</returns>
    /// <exception cref="NotSupportedException">There is no <see cref="ClusterSchedulerOptions.Database"/>.</exception>
    /// <exception cref="Errors.CorruptStateException">A row is damaged, and none is to be left out.</exception>
    /// <exception cref="Errors.OverloadedException">Another export of the cluster is under way.</exception>
    /// <exception cref="Errors.StorageException"><c>storage_failed</c>: the database refused. <c>storage_format</c>: a newer version wrote a row.</exception>
    public Task<SchedulerExport> ExportAsync(bool skipDamaged, CancellationToken cancellation) => _exports.OpenAsync(skipDamaged, cancellation);

    /// <summary>Ends the hold of this silo: what its clocks know to be due fires from now on. Repeating it changes nothing.</summary>
    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        _process.Gate.Open();
        await ReportAsync(cancellation);
        await TouchAsync(cancellation);
    }

    void ILifecycleParticipant<ISiloLifecycle>.Participate(ISiloLifecycle observer)
    {
        observer.Subscribe(nameof(ClusterScheduler), ServiceLifecycleStage.Active + 1, StartAsync, StopAsync);

        // When the cluster hears that this silo stops, and before Orleans ends its grains: it would first wait for requests under way,
        // some of which wait for the end.
        observer.Subscribe(
            nameof(ClusterScheduler), ServiceLifecycleStage.GrainDeactivation + 1, static _ => Task.CompletedTask, EndAllAsync);

        // When the cluster has heard of it, so that what is called now comes up in another silo.
        observer.Subscribe(nameof(ClusterScheduler), ServiceLifecycleStage.GrainDeactivation, static _ => Task.CompletedTask, HandOverAsync);
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        ClusterSchedulerOptions options = _process.Options;
        _collector = options.Time.CreateTimer(
            static process => ((ClusterProcess)process!).Live.Sweep(((ClusterProcess)process).Options.Time, ((ClusterProcess)process).Options.IdleAfter),
            _process,
            options.CollectionInterval,
            options.CollectionInterval);
        if (options.Import is { } open)
        {
            Imported = await new ArchiveImport(_process, open).RunAsync(cancellation);
        }

        Start = (await _members.EnterAsync(fault => ClusterLog.NotJoined(_process.Log, fault), cancellation)).Start;
        _keeper = new ClockKeeper(_process.Directory, Start, options.Time);
        await ReportAsync(cancellation);

        // The shards of a silo that is gone are brought up at once, and not only when they are touched next.
        _watching = _members.WatchAsync(TouchAsync, fault => ClusterLog.LeasesNotEnded(_process.Log, fault), _stopping.Token);
        await TouchAsync(cancellation);
        _keeping = _keeper.KeepAsync(NoteClockFault, _stopping.Token);
        _bringing = _moving.KeepAsync(Start, fault => ClusterLog.ClocksNotMoved(_process.Log, fault), _stopping.Token);
    }

    private async Task StopAsync(CancellationToken cancellation)
    {
        await _stopping.CancelAsync();
        await _keeping;
        await _watching;
        await _bringing;
        if (_collector is not null)
        {
            await _collector.DisposeAsync();
        }
    }

    private async Task<IArchiveSource> OpenArchiveAsync(DateTimeOffset at, bool skipDamaged, CancellationToken cancellation) =>
        _process.Options.Database is { } database
            ? await ClusterArchive.OpenAsync(database, _process.Service, _process.Options.Time, at, skipDamaged, cancellation)
            : throw new NotSupportedException("Without a database that lists its rows a cluster has no export.");

    private Task EndAllAsync(CancellationToken cancellation)
    {
        _moving.Leave();
        return _process.EndAllAsync(cancellation);
    }

    private Task HandOverAsync(CancellationToken cancellation) => Start is { } start ? _moving.HandOverAsync(start, cancellation) : Task.CompletedTask;

    // Whoever cannot tell that it fires tells it again within 5 s.
    private async Task ReportAsync(CancellationToken cancellation)
    {
        try
        {
            await _moving.ReportAsync(cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            ClusterLog.ClocksNotMoved(_process.Log, fault);
        }
    }

    // A shard that cannot be loaded must not keep the others from running: it shows in health and is touched again.
    private async Task TouchAsync(CancellationToken cancellation)
    {
        try
        {
            await _keeper!.TouchAsync(cancellation);
            _clockFault = null;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            NoteClockFault(fault);
        }
    }

    private void NoteClockFault(Exception fault)
    {
        _clockFault = fault;
        ClusterLog.ClockFailed(_process.Log, fault);
    }
}
