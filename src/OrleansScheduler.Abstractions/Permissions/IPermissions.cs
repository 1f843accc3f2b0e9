using System.Collections.Immutable;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Permissions;

/// <summary>What administrators have allowed to run outside of the product. Nothing is, at first. Key: <see cref="Key"/>.</summary>
[Actor("permissions")]
public interface IPermissions
{
    /// <summary>The key of the one list.</summary>
    const string Key = "permissions";

    /// <summary>Whether it is allowed.</summary>
    Task<bool> IsAllowedAsync(PermissionKind kind, string value, CancellationToken cancellation);

    /// <summary>Allows it. Allowing it again changes nothing.</summary>
    /// <param name="kind">What it is for.</param>
    /// <param name="value">The full path of a program, or a hash in hex; 1 to 1,000 characters.</param>
    /// <param name="note">For people; up to 2,000 characters.</param>
    /// <param name="who">Who allows it, 1 to 200 characters.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="Errors.SchedulerException"><c>request_invalid</c>, also beyond 10,000 permissions.</exception>
    Task<Permission> AllowAsync(PermissionKind kind, string value, string note, string who, CancellationToken cancellation);

    /// <summary>Takes a permission back; what runs goes on. Repeating it changes nothing.</summary>
    Task RevokeAsync(PermissionKind kind, string value, string who, CancellationToken cancellation);

    /// <summary>All of them, by kind and value.</summary>
    Task<ImmutableArray<Permission>> ListAsync(CancellationToken cancellation);
}
