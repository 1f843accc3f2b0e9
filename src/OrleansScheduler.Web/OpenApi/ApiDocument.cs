using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace OrleansScheduler.Web.OpenApi;

/// <summary>Makes the OpenAPI document of what is mapped.</summary>
/// <remarks>
/// The generator of ASP.NET Core reads the signatures of handlers, and ours have none: they take a request and give an answer.
/// So each address carries an <see cref="OperationDoc"/>, and the document is made of those with the same models.
/// </remarks>
internal static class ApiDocument
{
    private const string Notes =
        "Failures are problems (RFC 9457) with a stable code. Unknown fields and query values are refused. Fields without a value "
        + "are left out. Lengths of time are texts such as 200ms or 1h30m, instants are UTC.";

    /// <summary>The document of these endpoints.</summary>
    /// <exception cref="InvalidOperationException">Something that is mapped cannot be described.</exception>
    public static OpenApiDocument Of(IEnumerable<Endpoint> endpoints, SchedulerApiOptions options)
    {
        var document = new OpenApiDocument
        {
            Info = new OpenApiInfo { Title = "OrleansScheduler", Version = "v1", Description = Notes },
            Components = new OpenApiComponents(),
            Paths = [],
            Tags = new HashSet<OpenApiTag>(),
        };
        document.AddComponent<IOpenApiSecurityScheme>(Operations.AdministratorScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The administrator's token of the host.",
        });
        var operations = new Operations(document, options);
        foreach (var endpoint in Described(endpoints))
        {
            Add(document, endpoint, operations);
        }

        return document;
    }

    /// <summary>The endpoints that a document shows, in the order of their addresses: HEAD is what GET is, without its body.</summary>
    public static IEnumerable<RouteEndpoint> Described(IEnumerable<Endpoint> endpoints) =>
        from endpoint in endpoints.OfType<RouteEndpoint>()
        let method = MethodOf(endpoint)
        where method is not null && method != HttpMethods.Head
        orderby endpoint.RoutePattern.RawText, method
        select endpoint;

    /// <summary>The method of an endpoint; null for one that answers all of them with a refusal.</summary>
    public static string? MethodOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.FirstOrDefault();

    private static void Add(OpenApiDocument document, RouteEndpoint endpoint, Operations operations)
    {
        var path = endpoint.RoutePattern.RawText!;
        var doc = endpoint.Metadata.GetMetadata<OperationDoc>()
            ?? throw new InvalidOperationException($"{MethodOf(endpoint)} {path} is not described.");
        if (!document.Paths.TryGetValue(path, out var item))
        {
            document.Paths[path] = item = new OpenApiPathItem
            {
                Parameters = [.. endpoint.RoutePattern.Parameters.Select(part => PathParameters.Of(part.Name))],
            };
        }

        ((OpenApiPathItem)item).AddOperation(new HttpMethod(MethodOf(endpoint)!), operations.Of(path, doc, MethodOf(endpoint)!));
    }
}
