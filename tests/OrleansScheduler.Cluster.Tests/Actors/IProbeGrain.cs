using OrleansScheduler.Conformance.Probes;

namespace OrleansScheduler.Cluster.Tests.Actors;

public interface IProbeGrain : IProbe, IGrainWithStringKey;
