using OrleansScheduler.Actions;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Settling;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.OpenApi;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Spaces;

/// <summary>Spaces as a whole, and what their settlers know.</summary>
internal static class SpaceEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/spaces", ListAsync, new OperationDoc("list_spaces", "Names the spaces.")
            .Asks(Parameters.After, Parameters.Limit()).Gives<CatalogPage>("Names."));
        routes.Get("/spaces/{space}", SummarizeAsync, new OperationDoc("get_space", "Shows a space in numbers.")
            .Gives<SpaceSummary>("The numbers."));
        routes.Get("/spaces/{space}/graph", GraphAsync, new OperationDoc("get_graph", "Shows who reads what whom writes.")
            .Gives<SpaceGraph>("The graph."));
        routes.Get("/spaces/{space}/pull", PullAsync, new OperationDoc("pull", "Reads a value, computed now if it has to be.")
            .Asks(
                ParameterDoc.Query("document", "The id of a document.", ValueSchemas.Text(1000, 1)).Required(),
                Parameters.Path,
                Parameters.Depth,
                Parameters.Wait)
            .Gives<PullAnswer>("The value, and whether it is current.").Fails(ErrorCodes.NotSettling));
        routes.Get("/spaces/{space}/idle", WaitIdleAsync, new OperationDoc("wait_idle", "Says whether anything is left to run.")
            .Asks(Parameters.Wait).Gives<IdleAnswer>("Whether the space has come to rest."));
        routes.Get("/spaces/{space}/statistics", ListStatisticsAsync, new OperationDoc("get_statistics", "Shows what the runs of the actions took.")
            .Notes("It may lag behind: after a crash the newest two seconds are missing.")
            .Asks(Parameters.After, Parameters.Limit()).Gives<StatisticsPage>("The numbers, with some of the actions."));
    }

    private static async Task<ApiAnswer> ListAsync(ApiRequest request) => ApiAnswer.Of(
        await request.Actor<ICatalog>(ApiRequest.Owner)
            .ListAsync(MemberKind.Space, request.Query.Text("after"), request.Query.Limit(), request.Patience()));

    private static async Task<ApiAnswer> SummarizeAsync(ApiRequest request) =>
        ApiAnswer.Of(await request.Space.SummarizeAsync(request.Patience()));

    private static async Task<ApiAnswer> GraphAsync(ApiRequest request) =>
        ApiAnswer.Of(await request.Space.GraphAsync(request.Patience()));

    private static async Task<ApiAnswer> ListStatisticsAsync(ApiRequest request) => ApiAnswer.Of(
        await request.Settler.ListStatisticsAsync(request.Query.Text("after"), request.Query.Limit(), request.Patience()));

    private static async Task<ApiAnswer> PullAsync(ApiRequest request)
    {
        var name = request.Query.RequiredText("document");
        var document = RequestQuery.Named("document", () => DocumentId.Parse(name));
        var target = new ReadTarget(Address.Of(document, request.Query.Path()), request.Query.Depth());
        var wait = request.Query.Wait();
        return ApiAnswer.Of(await request.Settler.PullAsync(target, wait, request.Patience(wait)));
    }

    private static async Task<ApiAnswer> WaitIdleAsync(ApiRequest request)
    {
        var wait = request.Query.Wait();
        return ApiAnswer.Of(new IdleAnswer(await request.Settler.WaitIdleAsync(wait, request.Patience(wait))));
    }
}
