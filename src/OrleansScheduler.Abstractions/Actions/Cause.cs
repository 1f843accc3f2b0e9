using System.Text.Json.Serialization;

namespace OrleansScheduler.Actions;

/// <summary>One reason for an action to run. A node is dirty while it has one.</summary>
/// <param name="Number">Given by the space, growing.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ReadCause), "read")]
[JsonDerivedType(typeof(FirstCause), "first")]
[JsonDerivedType(typeof(FingerprintCause), "fingerprint")]
[JsonDerivedType(typeof(OccurrenceCause), "occurrence")]
[JsonDerivedType(typeof(ManualCause), "manual")]
[JsonDerivedType(typeof(RetryCause), "retry")]
[JsonDerivedType(typeof(UnknownCause), "unknown")]
public abstract record Cause(long Number);
