using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansScheduler.Errors;
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
    /// <param name="query">The query values that it knows.</param>
    public void Get(string pattern, ApiHandler handler, params string[] query)
    {
        Map(HttpMethods.Get, pattern, handler, query);
        Map(HttpMethods.Head, pattern, handler, query);
    }

    /// <summary>Maps one method.</summary>
    public void Map(string method, string pattern, ApiHandler handler, params string[] query)
    {
        endpoints.MapMethods(prefix + pattern, [method], new ApiEndpoint(handler, QueryNames.Of(query)).InvokeAsync);
        if (!_methods.TryGetValue(pattern, out var methods))
        {
            _methods[pattern] = methods = [];
        }

        methods.Add(method);
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
                return new ApiEndpoint(_ => throw Refused(allowed), QueryNames.Any).InvokeAsync(context);
            });
        }
    }

    private static SchedulerException Refused(string allowed) =>
        new SchedulerException(ApiErrorCodes.MethodNotAllowed, $"This address knows {allowed}.").With("allowed", allowed);
}
