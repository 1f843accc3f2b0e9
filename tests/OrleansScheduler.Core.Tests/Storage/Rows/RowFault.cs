namespace OrleansScheduler.Core.Tests.Storage.Rows;

/// <summary>What becomes of one call to <see cref="FaultyRows"/>.</summary>
internal enum RowFault
{
    /// <summary>It lands and says so.</summary>
    None,

    /// <summary>It fails and leaves nothing.</summary>
    Before,

    /// <summary>It lands and fails.</summary>
    After,

    /// <summary>It fails now, and lands with the ETag of now when the test says so.</summary>
    Late,

    /// <summary>It lands, and then the process is dead: neither it nor any later call returns.</summary>
    Death,

    /// <summary>The process is dead before it lands.</summary>
    DeathBefore,
}
