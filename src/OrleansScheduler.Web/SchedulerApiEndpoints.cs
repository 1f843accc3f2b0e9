using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansScheduler.Errors;
using OrleansScheduler.Web.Actions;
using OrleansScheduler.Web.Archives;
using OrleansScheduler.Web.Commits;
using OrleansScheduler.Web.Definitions;
using OrleansScheduler.Web.Documents;
using OrleansScheduler.Web.Governing;
using OrleansScheduler.Web.Health;
using OrleansScheduler.Web.OpenApi;
using OrleansScheduler.Web.Permissions;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;
using OrleansScheduler.Web.Runs;
using OrleansScheduler.Web.Schedules;
using OrleansScheduler.Web.Spaces;

namespace OrleansScheduler.Web;

/// <summary>Maps the HTTP interface.</summary>
public static class SchedulerApiEndpoints
{
    /// <summary>What every address of the interface starts with.</summary>
    public const string Prefix = "/api/v1";

    // An endpoint that the application maps itself wins over this one, whatever its own order.
    private const int Last = int.MaxValue;

    /// <summary>Maps everything under <see cref="Prefix"/>, <c>/health</c>, <c>/openapi/v1.json</c>, a page at <c>/</c>, and a problem for all other addresses.</summary>
    /// <param name="endpoints">The application; its services come from <see cref="SchedulerApiServices.AddSchedulerApi"/>.</param>
    public static IEndpointRouteBuilder MapScheduler(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var routes = new ApiRoutes(endpoints, Prefix);
        SpaceEndpoints.Map(routes);
        DocumentEndpoints.Map(routes);
        CommitEndpoints.Map(routes);
        ActionEndpoints.Map(routes);
        ScheduleEndpoints.Map(routes);
        RunEndpoints.Map(routes);
        GovernorEndpoints.Map(routes);
        PermissionEndpoints.Map(routes);
        DefinitionEndpoints.Map(routes);
        CrontabEndpoints.Map(routes);
        ArchiveEndpoints.Map(routes);
        routes.RefuseOtherMethods();
        var root = new ApiRoutes(endpoints, "");
        OpenApiEndpoints.Map(root);
        root.RefuseOtherMethods();
        HealthEndpoints.Map(endpoints);
        FrontPage.Map(endpoints);
        endpoints.Map("/{**path}", new ApiEndpoint(_ => throw Unknown(), QueryNames.Any).InvokeAsync).WithOrder(Last);
        return endpoints;
    }

    /// <summary>Maps <c>POST</c> on an address of the host's own, with the manners of all others: problems, limits, log.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">Below <see cref="Prefix"/>, with a leading slash.</param>
    /// <param name="operation">What it does; repeating it is harmless. The answer is <c>{"done":true}</c>.</param>
    public static IEndpointRouteBuilder MapSchedulerOperation(
        this IEndpointRouteBuilder endpoints, string pattern, Func<CancellationToken, Task> operation)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(operation);
        var routes = new ApiRoutes(endpoints, Prefix);
        routes.Map(HttpMethods.Post, pattern, async request =>
        {
            await operation(request.Patience());
            return ApiAnswer.Of(new OperationAnswer(true));
        }, HostOperation(pattern));
        routes.RefuseOtherMethods();
        return endpoints;
    }

    // The host says no more about it than its address, whose words make its name: /ops/release is post_ops_release.
    private static OperationDoc HostOperation(string pattern) =>
        new OperationDoc($"post{pattern.Replace('/', '_').Replace('-', '_')}", $"An operation of the host: {pattern.Trim('/').Replace('/', ' ')}.")
            .Gives<OperationAnswer>("It is done.");

    private static SchedulerException Unknown() =>
        new(ApiErrorCodes.RouteUnknown, "Nothing lives at this address. GET / lists the main addresses.");
}
