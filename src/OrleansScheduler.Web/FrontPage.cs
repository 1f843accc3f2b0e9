using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OrleansScheduler.Web;

/// <summary>What somebody sees who opens the host in a browser.</summary>
internal static class FrontPage
{
    private const string Text = """
        OrleansScheduler

        GET  /api/v1/spaces                                     what there is
        GET  /api/v1/spaces/{space}                             a space in numbers
        GET  /api/v1/spaces/{space}/documents                   its documents
        GET  /api/v1/spaces/{space}/documents/{document}?path=  one of them; PUT, PATCH and DELETE change it
        GET  /api/v1/spaces/{space}/commits                     its last changes; POST makes one of several parts
        GET  /api/v1/spaces/{space}/actions                     what is computed from them; POST registers more
        GET  /api/v1/spaces/{space}/graph                       who reads what whom writes
        GET  /api/v1/spaces/{space}/explain/{action}            why an action ran
        GET  /api/v1/spaces/{space}/pull?document=              a value, computed now if it has to be
        GET  /api/v1/spaces/{space}/idle?wait=10s               whether anything is left to run
        GET  /api/v1/schedules                                  what runs when; POST creates one
        GET  /api/v1/schedules/{schedule}/runs                  its runs
        POST /api/v1/schedules/{schedule}/execute               runs it now
        GET  /api/v1/runs/{run}/explain                         why a run happened, and what it changed
        GET  /health/live  /health/ready                        how the host is

        """;

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)WriteAsync);

    private static Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(Text, Encoding.UTF8, context.RequestAborted);
    }
}
