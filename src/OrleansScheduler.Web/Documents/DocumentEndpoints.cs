using System.Globalization;
using Microsoft.AspNetCore.Http;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.Commits;
using OrleansScheduler.Web.OpenApi;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Documents;

/// <summary>Documents of a space. A change is a commit; <c>Idempotency-Key: session:number</c> makes repeating it harmless.</summary>
internal static class DocumentEndpoints
{
    private const string All = "/spaces/{space}/documents";
    private const string One = "/spaces/{space}/documents/{document}";

    public static void Map(ApiRoutes routes)
    {
        routes.Get(All, ListAsync, new OperationDoc("list_documents", "Lists the documents of a space.")
            .Asks(Parameters.After, Parameters.Limit()).Gives<DocumentPage>("Documents."));
        routes.Get(One, ReadAsync, new OperationDoc("read_document", "Reads a document or a place in it.")
            .Asks(
                Parameters.Path,
                Parameters.Depth,
                ParameterDoc.Query("at", "As it was at this sequence; as it is when it is missing.", ValueSchemas.Number(0)),
                ParameterDoc.Header("If-None-Match", "The entity tag of what is known already.", ValueSchemas.Text("^\".+\"$", "\"…\"")))
            .Gives<DocumentAnswer>("The value.", tag: true).GivesNothing("It is the one that is known already.", 304)
            .Fails(ErrorCodes.NotFound, ErrorCodes.SnapshotGone));
        routes.Map(HttpMethods.Put, One, PutAsync, Change("put_document", "Sets a document or a place in it.").Takes<JsonValue>());
        routes.Map(HttpMethods.Patch, One, PatchAsync, Change("patch_document", "Applies a JSON patch to a document or a place in it.")
            .Takes(new BodyDoc(typeof(JsonArray), ["application/json-patch+json", "application/json"], Required: true))
            .Fails(ErrorCodes.PatchFailed));
        routes.Map(HttpMethods.Delete, One, DeleteAsync, Change("delete_document", "Removes a document or a place in it."));
    }

    private static OperationDoc Change(string id, string summary) => new OperationDoc(id, summary)
        .Asks(Parameters.Path, Parameters.IfMatch, Parameters.IfNoneMatch, Parameters.Idempotency)
        .Gives<CommitReceipt>("The sequence of the change.")
        .Fails(
            ApiErrorCodes.PreconditionFailed, ErrorCodes.PathConflict, ErrorCodes.SessionReused, ErrorCodes.TooManySessions,
            ErrorCodes.ReceiptExpired, ErrorCodes.CommitTooLarge);

    private static async Task<ApiAnswer> ListAsync(ApiRequest request) => ApiAnswer.Of(
        await request.Space.ListDocumentsAsync(request.Query.Text("after"), request.Query.Limit(), request.Patience()));

    private static async Task<ApiAnswer> ReadAsync(ApiRequest request)
    {
        var target = new ReadTarget(AddressOf(request), request.Query.Depth());
        var at = request.Query.Number("at", min: 0);
        var known = EntityTag.Parse("If-None-Match", request.Headers.IfNoneMatch);

        var answer = await request.Space.ReadAsync([target], at, request.Patience());
        var read = answer.Reads[0];
        if (read is { Value: null, Shape: null })
        {
            throw Absent(target.Address, answer.Sequence);
        }

        return read.Hash == known
            ? new ApiAnswer(StatusCodes.Status304NotModified, null) { Tag = read.Hash.ToString() }
            : ApiAnswer.Of(new DocumentAnswer(
                read.Address, read.Depth, answer.Sequence, read.Sequence, read.Hash, read.Value, read.Shape)) with { Tag = read.Hash.ToString() };
    }

    private static async Task<ApiAnswer> PutAsync(ApiRequest request)
    {
        var address = AddressOf(request);
        var condition = Precondition.Of(request.Headers, address);
        var value = await request.JsonAsync(BodyKind.Json);
        return ApiAnswer.Of(await Committer.CommitConditionallyAsync(request, condition, new SetOperation(address, value)));
    }

    private static async Task<ApiAnswer> PatchAsync(ApiRequest request)
    {
        var address = AddressOf(request);
        var condition = Precondition.Of(request.Headers, address);
        var patch = PatchScope.Widen(await request.JsonAsync(BodyKind.JsonPatch), address.Path);
        return ApiAnswer.Of(await Committer.CommitConditionallyAsync(request, condition, new PatchOperation(request.Document, patch)));
    }

    private static async Task<ApiAnswer> DeleteAsync(ApiRequest request)
    {
        var address = AddressOf(request);
        var condition = Precondition.Of(request.Headers, address);
        return ApiAnswer.Of(await Committer.CommitConditionallyAsync(request, condition, new RemoveOperation(address)));
    }

    private static Address AddressOf(ApiRequest request) => Address.Of(request.Document, request.Query.Path());

    private static SchedulerException Absent(Address address, long sequence) =>
        new SchedulerException(ErrorCodes.NotFound, $"Nothing is at '{address}'.")
            .With("address", address.ToString())
            .With("sequence", sequence.ToString(CultureInfo.InvariantCulture));
}
