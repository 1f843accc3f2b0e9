using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Actions;

/// <summary>An action as a client defines it: like <see cref="ActionDefinition"/>, but bindings may be left out.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Handler">Its handler.</param>
/// <param name="Kind">Computation or effect.</param>
/// <param name="Inputs">What it reads; null for nothing known yet.</param>
/// <param name="Outputs">What it writes; null for nothing known yet.</param>
/// <param name="Payload">What the handler is to know; null for nothing.</param>
/// <param name="TimeLimit">How long a run may take; null for the default of its kind.</param>
internal sealed record ActionBody(
    string Name,
    string Handler,
    ActionKind Kind,
    ImmutableArray<Address>? Inputs = null,
    ImmutableArray<Address>? Outputs = null,
    JsonValue? Payload = null,
    TimeSpan? TimeLimit = null)
{
    /// <summary>The definition that it means.</summary>
    /// <param name="field">Where it is in the body.</param>
    public ActionDefinition ToDefinition(string field) => new(
        Name,
        Handler,
        Kind,
        BodyJson.WithoutNulls(Inputs ?? [], $"{field}.inputs"),
        BodyJson.WithoutNulls(Outputs ?? [], $"{field}.outputs"),
        Payload,
        TimeLimit);
}
