using System.Text.Json.Serialization;

namespace OrleansScheduler.Governing;

/// <summary>What the governor answers: one of the nested kinds.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Granted), "granted")]
[JsonDerivedType(typeof(Queued), "queued")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record Admission
{
    /// <summary>The run may start.</summary>
    /// <param name="Lease">Its permission.</param>
    public sealed record Granted(Lease Lease) : Admission;

    /// <summary>No slot became free while the request waited. It is to be repeated within 60 s, or its place is given up.</summary>
    /// <param name="Position">How many runs are before it, plus one.</param>
    public sealed record Queued(int Position) : Admission;

    /// <summary>The run gets no slot.</summary>
    /// <param name="Reason">A stable code: <c>queue_full</c>; or <c>superseded</c> when a newer process has asked for the run, which is
    /// worth to be repeated only while the one who asks has not noticed that it was replaced.</param>
    public sealed record Refused(string Reason) : Admission
    {
        /// <summary>The reason when a newer process has asked for the run.</summary>
        public const string Superseded = "superseded";
    }
}
