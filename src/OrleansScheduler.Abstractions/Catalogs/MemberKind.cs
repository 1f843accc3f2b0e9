namespace OrleansScheduler.Catalogs;

/// <summary>What a catalog lists.</summary>
public enum MemberKind
{
    /// <summary>Spaces.</summary>
    Space,

    /// <summary>Schedules.</summary>
    Schedule,
}
