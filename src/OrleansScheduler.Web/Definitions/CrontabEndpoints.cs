using Microsoft.AspNetCore.Http;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Definitions.Crontabs;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.OpenApi;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Definitions;

/// <summary>The import of crontabs.</summary>
internal static class CrontabEndpoints
{
    private const string NameOtherwise = "crontab";
    private const string ZoneOtherwise = "UTC";

    public static void Map(ApiRoutes routes) => routes.Map(
        HttpMethods.Post,
        "/crontabs",
        ImportAsync,
        new OperationDoc("import_crontab", "Makes schedules of the jobs of a crontab.")
            .Notes("The schedules begin paused until an administrator allows their commands. Importing a crontab twice changes nothing.")
            .Asks(
                ParameterDoc.Query(
                    "name", "The name of the set, with which the names of the schedules begin; crontab when it is missing.", ValueSchemas.Text(CrontabOptions.NameCharsMax, 1)),
                ParameterDoc.Query("format", "With or without a column for the user; auto when it is missing.", ValueSchemas.OneOf<CrontabFormat>()),
                ParameterDoc.Query("zone", "The IANA name of the zone in which times count; UTC when it is missing.", ValueSchemas.Text(100)),
                Parameters.DryRun,
                Parameters.Prune,
                Parameters.Who)
            .Takes(new BodyDoc(typeof(string), ["text/plain"], Required: true, DefinitionEndpoints.BytesMax))
            .Gives<CrontabAnswer>("What was read, and what became of it.")
            .Fails(ErrorCodes.IdInvalid, ErrorCodes.ZoneUnknown, ErrorCodes.RevisionConflict));

    private static async Task<ApiAnswer> ImportAsync(ApiRequest request)
    {
        DefinitionEndpoints.CheckQuery(request);
        var query = request.Query;
        var name = NameOf(query);
        var options = new CrontabOptions
        {
            Owner = ApiRequest.Owner,
            Now = request.Service<TimeProvider>().GetUtcNow(),
            Name = name,
            FileName = name,
            Format = query.Choice<CrontabFormat>("format") ?? CrontabFormat.Auto,
            Zone = ZoneOf(query),
        };
        var text = await request.TextAsync(BodyKind.PlainText, DefinitionEndpoints.BytesMax);
        var reading = CrontabReader.Read(text, options);
        return ApiAnswer.Of(new CrontabAnswer(reading, await DefinitionEndpoints.ApplyAsync(request, reading.ToDefinitionFile())));
    }

    // Names of schedules begin with it, so it keeps to their rule and leaves them room.
    private static string NameOf(RequestQuery query)
    {
        var name = query.Text("name") ?? NameOtherwise;
        Requester.Text("name", name, CrontabOptions.NameCharsMax);
        return RequestQuery.Named("name", () => ScheduleId.Of(ApiRequest.Owner, name)).Name;
    }

    private static string ZoneOf(RequestQuery query)
    {
        var zone = query.Text("zone") ?? ZoneOtherwise;
        TimeZones.Require(zone, "zone");
        return zone;
    }
}
