namespace OrleansScheduler.Permissions;

/// <summary>Something that an administrator has allowed.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Value">The full path of a program, or the hash of a command in hex.</param>
/// <param name="Note">For people, such as the text of the command; up to 2,000 characters.</param>
/// <param name="AllowedBy">Who allowed it.</param>
/// <param name="AllowedAt">When.</param>
public sealed record Permission(PermissionKind Kind, string Value, string Note, string AllowedBy, DateTimeOffset AllowedAt);
