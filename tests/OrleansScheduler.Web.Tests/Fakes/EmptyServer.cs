using System.Collections.Immutable;
using OrleansScheduler.Definitions;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;

namespace OrleansScheduler.Web.Fakes;

/// <summary>A server on which nothing is defined yet, and anything can be.</summary>
internal static class EmptyServer
{
    public static async Task<TestApi> StartAsync()
    {
        var api = await TestApi.StartAsync();
        api.Actors.On("GetAsync", call => call.Actor switch
        {
            "IDefinitionSet" => Task.FromResult<object?>(DefinitionManifest.Empty),
            "IGovernor" => Task.FromResult<object?>(new GovernorSnapshot(new GovernorSettings(8, ImmutableSortedDictionary<string, int>.Empty), [], 0, 0, 0)),
            _ => Task.FromException<object?>(new SchedulerException(ErrorCodes.NotFound, "Not yet.")),
        });
        api.Actors.On("SaveAsync", call => Task.FromResult<object?>(call.Arguments[0]));
        api.Actors.On("CheckAsync", _ => Task.FromResult<object?>(null));
        api.Actors.Answer("CreateAsync", Samples.ScheduleDetail);
        return api;
    }
}
