using System.Collections.Immutable;
using OrleansScheduler.Core.Engine;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Permissions;

namespace OrleansScheduler.Core.Permissions;

/// <summary>The shell around <see cref="PermissionState"/>.</summary>
internal class PermissionsActor : Actor, IPermissions
{
    private readonly PermissionState _state = new();
    private readonly Journal<PermissionState, PermissionEntry> _journal;

    public PermissionsActor(IActorContext context, JournalOptions? journal = null)
        : base(context) =>
        _journal = new Journal<PermissionState, PermissionEntry>(context, _state, new JsonEntryCodec<PermissionEntry>(), _ => false, journal);

    public override bool IsIdle => !_journal.IsWriting;

    /// <inheritdoc/>
    public override Task ActivateAsync(CancellationToken cancellation) => _journal.LoadAsync(cancellation);

    /// <inheritdoc/>
    public override Task DeactivateAsync(CancellationToken cancellation) => _journal.FlushAsync(cancellation);

    /// <inheritdoc/>
    public async Task<bool> IsAllowedAsync(PermissionKind kind, string value, CancellationToken cancellation)
    {
        bool allowed = _state.Find(kind, value) is not null;
        await _journal.DurableAsync();
        return allowed;
    }

    /// <inheritdoc/>
    public async Task<Permission> AllowAsync(PermissionKind kind, string value, string note, string who, CancellationToken cancellation)
    {
        CheckText("value", value, 1_000);
        CheckText("who", who, 200);
        if (!Enum.IsDefined(kind))
        {
            throw new SchedulerException(ErrorCodes.RequestInvalid, "'kind' is 'program' or 'command'.").With("field", "kind");
        }

        if (note is null || note.Length > 2_000)
        {
            throw new SchedulerException(ErrorCodes.RequestInvalid, "'note' has at most 2000 characters.").With("field", "note");
        }

        if (_state.Find(kind, value) is { } known)
        {
            await _journal.DurableAsync();
            return known;
        }

        if (_state.Count >= PermissionState.PermissionsMax)
        {
            throw new SchedulerException(ErrorCodes.RequestInvalid, $"There are {PermissionState.PermissionsMax} permissions already.").With("field", "value");
        }

        var permission = new Permission(kind, value, note, who, Now);
        await _journal.AppendAsync(new PermissionEntry.Allowed(permission));
        return permission;
    }

    /// <inheritdoc/>
    public Task RevokeAsync(PermissionKind kind, string value, string who, CancellationToken cancellation)
    {
        CheckText("who", who, 200);
        return _state.Find(kind, value) is null
            ? _journal.DurableAsync()
            : _journal.AppendAsync(new PermissionEntry.Revoked(kind, value, who, Now));
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<Permission>> ListAsync(CancellationToken cancellation)
    {
        ImmutableArray<Permission> permissions = _state.List();
        await _journal.DurableAsync();
        return permissions;
    }
}
