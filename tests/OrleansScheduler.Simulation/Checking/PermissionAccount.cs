using OrleansScheduler.Core.Permissions;
using OrleansScheduler.Permissions;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>What is allowed, as it follows from what has landed, and how often that has changed.</summary>
internal sealed class PermissionAccount
{
    private readonly Dictionary<string, long> _changes = new(StringComparer.Ordinal);

    public SortedSet<string> Allowed { get; } = new(StringComparer.Ordinal);

    public long ChangesOf(PermissionKind kind, string value) => _changes.GetValueOrDefault(NameOf(kind, value));

    public bool Has(PermissionKind kind, string value) => Allowed.Contains(NameOf(kind, value));

    public void Apply(PermissionEntry entry)
    {
        switch (entry)
        {
            case PermissionEntry.Allowed { Permission: var permission }:
                Change(permission.Kind, permission.Value);
                Allowed.Add(NameOf(permission.Kind, permission.Value));
                break;
            case PermissionEntry.Revoked revoked:
                Change(revoked.What, revoked.Value);
                Allowed.Remove(NameOf(revoked.What, revoked.Value));
                break;
        }
    }

    public static string NameOf(PermissionKind kind, string value) => $"{kind} {value}";

    private void Change(PermissionKind kind, string value) => _changes[NameOf(kind, value)] = ChangesOf(kind, value) + 1;
}
