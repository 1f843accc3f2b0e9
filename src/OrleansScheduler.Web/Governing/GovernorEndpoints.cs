using Microsoft.AspNetCore.Http;
using OrleansScheduler.Governing;
using OrleansScheduler.Web.OpenApi;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Governing;

/// <summary>How many runs may be under way, and which are.</summary>
internal static class GovernorEndpoints
{
    private const string One = "/governor";

    public static void Map(ApiRoutes routes)
    {
        routes.Get(One, GetAsync, new OperationDoc("get_governor", "Shows the caps, who holds a slot, and how many wait.")
            .Gives<GovernorSnapshot>("The governor as it is."));
        routes.Map(HttpMethods.Put, One, ConfigureAsync, new OperationDoc("configure_governor", "Changes how many runs may be under way.")
            .Notes("The body replaces all settings. What runs goes on.")
            .Takes<GovernorSettings>().Gives<GovernorSnapshot>("The governor with its new settings."));
    }

    private static async Task<ApiAnswer> GetAsync(ApiRequest request) => ApiAnswer.Of(await Governor(request).GetAsync(request.Patience()));

    private static async Task<ApiAnswer> ConfigureAsync(ApiRequest request)
    {
        var settings = await request.BodyAsync<GovernorSettings>();
        return ApiAnswer.Of(await Governor(request).ConfigureAsync(settings, request.Patience()));
    }

    private static IGovernor Governor(ApiRequest request) => request.Actor<IGovernor>(IGovernor.Key);
}
