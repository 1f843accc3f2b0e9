using System.Text.Json.Serialization;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Spaces;

/// <summary>One change of a commit.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "op")]
[JsonDerivedType(typeof(SetOperation), "set")]
[JsonDerivedType(typeof(RemoveOperation), "remove")]
[JsonDerivedType(typeof(PatchOperation), "patch")]
public abstract record Operation;
