using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansScheduler.Web.OpenApi;

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
        GET  /api/v1/schedules?details=                         what runs when; POST creates one
        POST /api/v1/schedules/preview                          when a schedule would be due, and nothing else
        GET  /api/v1/schedules/{schedule}                       one of them; PUT and DELETE change it
        GET  /api/v1/schedules/{schedule}/runs                  its runs
        POST /api/v1/schedules/{schedule}/execute               runs it now; also pause, resume and allow
        GET  /api/v1/runs?schedule=&status=&from=&to=           runs of the last days
        GET  /api/v1/runs/{run}/explain                         why a run happened, and what it changed
        GET  /api/v1/governor                                   how many may run at once; PUT changes it
        GET  /api/v1/permissions                                which programs and commands may run
        POST /api/v1/definitions?dry_run=                       makes everything as a file wants it
        POST /api/v1/crontabs?dry_run=                          makes schedules of a crontab
        GET  /api/v1/ops/export                                 an archive of everything, for administrators
        GET  /openapi/v1.json                                   all of this for programs
        GET  /health/live  /health/ready                        how the host is

        """;

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)WriteAsync).WithMetadata(
            new OperationDoc("get_front_page", "Lists the main addresses for people.") { HasProblems = false }
                .Gives(new AnswerDoc(200, "A page.", typeof(string), "text/plain")));

    private static Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(Text, Encoding.UTF8, context.RequestAborted);
    }
}
