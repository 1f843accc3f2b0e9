using System.Collections.Immutable;
using OrleansScheduler.Permissions;

namespace OrleansScheduler.Web.Permissions;

/// <summary>Everything that administrators have allowed.</summary>
/// <param name="Permissions">By kind and value.</param>
internal sealed record PermissionList(ImmutableArray<Permission> Permissions);
