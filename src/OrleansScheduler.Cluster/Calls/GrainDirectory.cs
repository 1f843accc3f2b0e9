using OrleansScheduler.Engine;

namespace OrleansScheduler.Cluster.Calls;

/// <summary>References to actors are references to grains.</summary>
internal sealed class GrainDirectory(IGrainFactory grains, ActorContracts contracts) : IActorDirectory
{
    private const int KeyCharactersMax = 512;

    public TActor Get<TActor>(string key)
        where TActor : class
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, KeyCharactersMax, nameof(key));
        return (TActor)(object)grains.GetGrain(contracts.GrainOf(typeof(TActor)), key);
    }
}
