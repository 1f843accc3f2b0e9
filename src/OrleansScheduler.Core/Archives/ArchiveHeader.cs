using System.Text.Json.Serialization;

namespace OrleansScheduler.Core.Archives;

/// <summary>The first line of an archive: what it is of.</summary>
/// <param name="Format">The format of the archive.</param>
/// <param name="Product">The version of the product that wrote it.</param>
/// <param name="Engine">The engine that it was taken from, for people; any engine reads it.</param>
/// <param name="Epoch">The epoch of the deployment, from 1.</param>
/// <param name="Incarnation">How often the deployment had been started.</param>
/// <param name="At">The instant whose state it holds, in UTC.</param>
public sealed record ArchiveHeader(int Format, string Product, string Engine, long Epoch, long Incarnation, DateTimeOffset At)
{
    /// <summary>The epoch of a deployment that imports it.</summary>
    [JsonIgnore]
    public long NextEpoch => Epoch + 1;
}
