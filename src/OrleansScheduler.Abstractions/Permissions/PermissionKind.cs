namespace OrleansScheduler.Permissions;

/// <summary>What a permission is for.</summary>
public enum PermissionKind
{
    /// <summary>A program by its full path, with any arguments but not by a shell.</summary>
    Program,

    /// <summary>One exact command, by the hash of all that it consists of.</summary>
    Command,
}
