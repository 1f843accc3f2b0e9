using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansScheduler.Errors;
using OrleansScheduler.Web.OpenApi;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Requests;

/// <summary>Maps handlers, and afterwards a refusal for all other methods of the same addresses.</summary>
/// <param name="endpoints">The application.</param>
/// <param name="prefix">What every address starts with.</param>
internal sealed class ApiRoutes(IEndpointRouteBuilder endpoints, string prefix)
{
    private readonly SortedDictionary<string, List<string>> _methods = new(StringComparer.Ordinal);

    /// <summary>Maps what only looks; it answers HEAD too.</summary>
    /// <param name="pattern">Below the prefix.</param>
    /// <param name="handler">What answers.</param>
    /// <param name="doc">What it is; the query values that it names are those that are known.</param>
    public void Get(string pattern, ApiHandler handler, OperationDoc doc)
    {
        Map(HttpMethods.Get, pattern, handler, doc);
        Map(HttpMethods.Head, pattern, handler, doc);
    }

    /// <summary>Maps one method.</summary>
    public void Map(string method, string pattern, ApiHandler handler, OperationDoc doc)
    {
        MapAlone(method, pattern, handler, doc);
        if (!_methods.TryGetValue(pattern, out var methods))
        {
            _methods[pattern] = methods = [];
        }

        methods.Add(method);
    }

    /// <summary>Maps one method of an address that another pattern covers too, which keeps the other methods.</summary>
    public void MapAlone(string method, string pattern, ApiHandler handler, OperationDoc doc)
    {
        var names = QueryNames.Of(doc.Parameters.Where(parameter => parameter.Place == ParameterPlace.Query).Select(parameter => parameter.Name));
        endpoints.MapMethods(prefix + pattern, [method], new ApiEndpoint(handler, names, doc.LastMayHaveSlash).InvokeAsync).WithMetadata(doc);
    }

    /// <summary>Maps a problem for every method that an address does not know. Called once, at the end.</summary>
    public void RefuseOtherMethods()
    {
        foreach (var (pattern, methods) in _methods)
        {
            var allowed = string.Join(", ", methods);
            endpoints.Map(prefix + pattern, context =>
            {
                context.Response.Headers.Allow = allowed;
                return new ApiEndpoint(_ => throw Refused(allowed), QueryNames.Any, lastMayHaveSlash: true).InvokeAsync(context);
            });
        }
    }

    private static SchedulerException Refused(string allowed) =>
        new SchedulerException(ApiErrorCodes.MethodNotAllowed, $"This address knows {allowed}.").With("allowed", allowed);
}
