namespace OrleansScheduler.Conformance.Probes;

/// <summary>A part of the contract that <see cref="IProbe"/> inherits.</summary>
public interface IProbeParent
{
    /// <summary>The key of the actor.</summary>
    Task<string> KeyAsync();
}
