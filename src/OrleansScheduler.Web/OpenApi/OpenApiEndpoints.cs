using OrleansScheduler.Documents;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.OpenApi;

/// <summary>The document that client generators read.</summary>
internal static class OpenApiEndpoints
{
    /// <summary>Where it is.</summary>
    public const string Address = "/openapi/v1.json";

    private const string ContentType = "application/json; charset=utf-8";

    /// <param name="routes">At the root, not below the prefix of the others.</param>
    public static void Map(ApiRoutes routes) => routes.Get(
        Address,
        GetAsync,
        new OperationDoc("get_openapi", "This document.").Gives<JsonObject>("An OpenAPI 3.1 document."));

    private static async Task<ApiAnswer> GetAsync(ApiRequest request) =>
        ApiAnswer.Of(new RawContent(await request.Service<DocumentText>().Utf8, ContentType));
}
