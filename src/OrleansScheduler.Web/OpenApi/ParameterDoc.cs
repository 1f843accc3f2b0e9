using Microsoft.OpenApi;

namespace OrleansScheduler.Web.OpenApi;

/// <summary>A query value or header of an operation.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it means, and what a missing one means.</param>
/// <param name="Schema">What it may be, under the limits of the host.</param>
/// <param name="Required">Whether it has to be there.</param>
internal sealed record ParameterDoc(
    ParameterPlace Place, string Name, string Description, Func<SchedulerApiOptions, OpenApiSchema> Schema, bool Required = false)
{
    /// <summary>An optional query value.</summary>
    public static ParameterDoc Query(string name, string description, OpenApiSchema schema) =>
        new(ParameterPlace.Query, name, description, _ => schema);

    /// <summary>An optional header.</summary>
    public static ParameterDoc Header(string name, string description, OpenApiSchema schema) =>
        new(ParameterPlace.Header, name, description, _ => schema);
}
