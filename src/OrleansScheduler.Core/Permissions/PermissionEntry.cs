using System.Text.Json.Serialization;
using OrleansScheduler.Permissions;

namespace OrleansScheduler.Core.Permissions;

/// <summary>What happened to the permissions.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Allowed), "allowed")]
[JsonDerivedType(typeof(Revoked), "revoked")]
internal abstract record PermissionEntry
{
    /// <summary>Something was allowed.</summary>
    internal sealed record Allowed(Permission Permission) : PermissionEntry;

    /// <summary>A permission was taken back.</summary>
    internal sealed record Revoked(PermissionKind What, string Value, string Who, DateTimeOffset At) : PermissionEntry;
}
