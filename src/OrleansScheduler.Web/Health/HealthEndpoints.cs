using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansScheduler.Web.OpenApi;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Health;

/// <summary>Health, besides all limits: an overloaded host must still be able to say so.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, "/health/live", _ => ApiAnswer.Of(new LiveAnswer(HealthStatus.Healthy)), Doc("get_live", "Says that the process answers.")
            .Gives<LiveAnswer>("It answers."));
        Map(endpoints, "/health/ready", Ready, Doc("get_ready", "Says how the host and its parts are.")
            .Gives<HealthReport>("Healthy or degraded.").Gives<HealthReport>("Unhealthy.", 503));
    }

    private static void Map(IEndpointRouteBuilder endpoints, string pattern, Func<HttpContext, ApiAnswer> answer, OperationDoc doc) =>
        endpoints.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)(context =>
        {
            var found = answer(context);
            return found.SendAsync(context, found.ToUtf8());
        })).WithMetadata(doc);

    private static OperationDoc Doc(string id, string summary) => new(id, summary) { HasProblems = false };

    private static ApiAnswer Ready(HttpContext context)
    {
        var report = context.RequestServices.GetRequiredService<ISchedulerHealth>().Report();
        return ApiAnswer.Of(report, report.Status == HealthStatus.Unhealthy
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status200OK);
    }
}
