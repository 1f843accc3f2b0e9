using OrleansScheduler.Catalogs;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Spaces;

/// <summary>Spaces as a whole, and what their settlers know.</summary>
internal static class SpaceEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/spaces", ListAsync, "after", "limit");
        routes.Get("/spaces/{space}", SummarizeAsync);
        routes.Get("/spaces/{space}/graph", GraphAsync);
        routes.Get("/spaces/{space}/pull", PullAsync, "document", "path", "depth", "wait");
        routes.Get("/spaces/{space}/idle", WaitIdleAsync, "wait");
    }

    private static async Task<ApiAnswer> ListAsync(ApiRequest request) => ApiAnswer.Of(
        await request.Actor<ICatalog>(ApiRequest.Owner)
            .ListAsync(MemberKind.Space, request.Query.Text("after"), request.Query.Limit(), request.Patience()));

    private static async Task<ApiAnswer> SummarizeAsync(ApiRequest request) =>
        ApiAnswer.Of(await request.Space.SummarizeAsync(request.Patience()));

    private static async Task<ApiAnswer> GraphAsync(ApiRequest request) =>
        ApiAnswer.Of(await request.Space.GraphAsync(request.Patience()));

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
