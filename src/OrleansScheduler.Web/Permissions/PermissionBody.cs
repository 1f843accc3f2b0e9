using OrleansScheduler.Permissions;

namespace OrleansScheduler.Web.Permissions;

/// <summary>What an administrator allows.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Value">The full path of a program, or the hash of a command in hex; 1 to 1,000 characters.</param>
/// <param name="Note">For people, up to 2,000 characters; null for none.</param>
/// <param name="Who">Who allows it, 1 to 200 characters; null for the interface itself.</param>
internal sealed record PermissionBody(PermissionKind Kind, string Value, string? Note = null, string? Who = null);
