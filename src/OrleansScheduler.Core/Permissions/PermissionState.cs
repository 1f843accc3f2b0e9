using System.Collections.Immutable;
using System.Text.Json;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Permissions;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Permissions;

/// <summary>What is allowed.</summary>
internal sealed class PermissionState : IJournaledState<PermissionEntry>
{
    public const int PermissionsMax = 10_000;

    private readonly Dictionary<(PermissionKind, string), Permission> _permissions = [];

    public int Count => _permissions.Count;

    public Permission? Find(PermissionKind kind, string value) => _permissions.GetValueOrDefault((kind, value));

    public ImmutableArray<Permission> List() =>
        [.. _permissions.Values.OrderBy(permission => permission.Kind).ThenBy(permission => permission.Value, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Apply(PermissionEntry entry)
    {
        switch (entry)
        {
            case PermissionEntry.Allowed { Permission: var permission }:
                _permissions[(permission.Kind, permission.Value)] = permission;
                break;
            case PermissionEntry.Revoked revoked:
                _permissions.Remove((revoked.What, revoked.Value));
                break;
        }
    }

    /// <inheritdoc/>
    public void ReadPage(string name, ReadOnlyMemory<byte> content)
    {
        foreach (Permission permission in JsonSerializer.Deserialize<Permission[]>(content.Span, ContractJson.Options)!)
        {
            _permissions[(permission.Kind, permission.Value)] = permission;
        }
    }

    /// <inheritdoc/>
    public void PagesRead()
    {
    }

    /// <inheritdoc/>
    public void WriteChangedPages(Action<string, byte[]?> write) =>
        write("permissions", JsonSerializer.SerializeToUtf8Bytes(List().ToArray(), ContractJson.Options));
}
