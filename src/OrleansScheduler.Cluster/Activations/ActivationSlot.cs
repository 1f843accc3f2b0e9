namespace OrleansScheduler.Cluster.Activations;

/// <summary>Where the context of a grain keeps the activation of an actor. Other grains have none.</summary>
/// <remarks>Not the activation itself: asked for a component that it has not, the context would have the services make one.</remarks>
internal sealed record ActivationSlot(ClusterActivation Activation);
