using Microsoft.AspNetCore.Http;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.OpenApi;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Commits;

/// <summary>Commits of a space.</summary>
internal static class CommitEndpoints
{
    private const string All = "/spaces/{space}/commits";

    public static void Map(ApiRoutes routes)
    {
        routes.Map(HttpMethods.Post, All, CommitAsync, new OperationDoc("commit", "Changes several places of a space at once.")
            .Asks(Parameters.Idempotency).Takes<CommitBody>().Gives<CommitReceipt>("The sequence of the commit.")
            .Fails(
                ErrorCodes.ReadConflict, ErrorCodes.SessionReused, ErrorCodes.TooManySessions, ErrorCodes.PathConflict,
                ErrorCodes.ReceiptExpired, ErrorCodes.CommitTooLarge, ErrorCodes.PatchFailed));
        routes.Get(All, ListAsync, new OperationDoc("list_commits", "Lists the last changes of a space, oldest first.")
            .Asks(
                ParameterDoc.Query("after", "Only commits after this sequence; all that are kept when it is missing.", ValueSchemas.Number(0, otherwise: 0)),
                Parameters.Limit(),
                Parameters.Wait)
            .Gives<CommitPage>("Commits."));
    }

    private static async Task<ApiAnswer> CommitAsync(ApiRequest request)
    {
        var header = IdempotencyKey.Parse(request.Headers[IdempotencyKey.Header]);
        var body = await request.BodyAsync<CommitBody>();
        var operations = BodyJson.WithoutNulls(body.Operations, "operations");
        var reads = BodyJson.WithoutNulls(body.Reads ?? [], "reads");
        if (operations.IsEmpty)
        {
            throw Fault.Invalid("operations", "A commit has at least one operation.");
        }

        return ApiAnswer.Of(await Committer.CommitAsync(request, body.KeyWith(header), reads, operations));
    }

    private static async Task<ApiAnswer> ListAsync(ApiRequest request)
    {
        var after = request.Query.Number("after", min: 0) ?? 0;
        var wait = request.Query.Wait();
        return ApiAnswer.Of(await request.Space.ListCommitsAsync(after, request.Query.Limit(), wait, request.Patience(wait)));
    }
}
