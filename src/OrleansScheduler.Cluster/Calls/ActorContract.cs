namespace OrleansScheduler.Cluster.Calls;

/// <summary>One pair of contract and grain interface.</summary>
internal sealed record ActorContract(Type Contract, Type Grain)
{
    public static ActorContract Of<TContract, TGrain>()
        where TContract : class
        where TGrain : TContract, IGrainWithStringKey => new(typeof(TContract), typeof(TGrain));
}
