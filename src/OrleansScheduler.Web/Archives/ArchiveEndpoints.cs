using Microsoft.AspNetCore.Http;
using OrleansScheduler.Errors;
using OrleansScheduler.Web.OpenApi;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Archives;

/// <summary>Archives of everything. They hold what is secret too, so only an administrator gets one.</summary>
internal static class ArchiveEndpoints
{
    private const string ContentType = "application/jsonl";
    private const string SkipDamaged = "skip_damaged";

    // No HEAD: it would read everything for nothing.
    public static void Map(ApiRoutes routes) => routes.Map(
        HttpMethods.Get, "/ops/export", ExportAsync, new OperationDoc("export", "Writes an archive of everything, of one instant, while everything goes on.")
            .Notes("The last line says that the archive is whole; one without it is cut off.")
            .NeedsAdministrator()
            .Asks(ParameterDoc.Query(SkipDamaged, "True to leave out what is damaged, and say so in the last line; otherwise damage is a failure.", ValueSchemas.Flag()))
            .Gives(new AnswerDoc(200, "The archive, in lines of JSON.", typeof(string), ContentType))
            .Fails(ErrorCodes.CorruptState, ErrorCodes.StorageFailed, ApiErrorCodes.HostUnable));

    private static async Task<ApiAnswer> ExportAsync(ApiRequest request)
    {
        Administrator.Require(request);
        bool skip = request.Query.Flag(SkipDamaged);
        var archives = request.Archives ?? throw new SchedulerException(ApiErrorCodes.HostUnable, "This host exports nothing.");
        var export = await archives.OpenAsync(skip, request.Presence);
        return ApiAnswer.Of(new StreamedContent(ContentType, export, output => export.WriteToAsync(output, request.Presence)));
    }
}
