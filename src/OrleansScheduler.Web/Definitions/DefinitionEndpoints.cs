using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using OrleansScheduler.Definitions.Applying;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Definitions.Reading;
using OrleansScheduler.Definitions.Schemas;
using OrleansScheduler.Documents;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Web.OpenApi;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Definitions;

/// <summary>Definitions as files.</summary>
internal static class DefinitionEndpoints
{
    /// <summary>The longest file.</summary>
    public const int BytesMax = 1 << 20;

    private const string SchemaType = "application/schema+json";
    private const string YamlFile = "scheduler.yaml";
    private const string JsonFile = "scheduler.json";
    private const int FileCharsMax = 200;

    public static void Map(ApiRoutes routes)
    {
        routes.Map(HttpMethods.Post, "/definitions", ApplyAsync, new OperationDoc("apply_definitions", "Makes what is live agree with a file of definitions.")
            .Notes("Applying a file twice changes nothing. One definition that is refused does not hold up the others; the report says so.")
            .Asks(
                Parameters.DryRun,
                Parameters.Prune,
                Parameters.Who,
                ParameterDoc.Query("file", "The name of the file, for messages; one that ends with .json has to be strict JSON.", ValueSchemas.Text(FileCharsMax, 1)))
            .Takes(new BodyDoc(typeof(string), ["application/yaml", "text/yaml", "application/json"], Required: true, BytesMax))
            .Gives<DefinitionReport>("What became of each definition.")
            .Fails(ErrorCodes.DefinitionInvalid, ErrorCodes.RevisionConflict));
        routes.Get("/definitions/schema", SchemaAsync, new OperationDoc("get_definition_schema", "The JSON schema of files of definitions.")
            .Gives(new AnswerDoc(200, "A JSON schema, draft 2020-12.", typeof(JsonObject), SchemaType)));
    }

    /// <summary>Applies what was read, in the name of a request.</summary>
    public static Task<DefinitionReport> ApplyAsync(ApiRequest request, DefinitionFile file) =>
        new DefinitionApplier(request.Service<IActorDirectory>(), request.Service<TimeProvider>()).ApplyAsync(
            file,
            new ApplyOptions(Requester.Who(request.Query.Text("who")), request.Query.Flag("dry_run"), request.Query.Flag("prune")),
            request.Patience());

    private static async Task<ApiAnswer> ApplyAsync(ApiRequest request)
    {
        CheckQuery(request);
        var name = Requester.Text("file", request.Query.Text("file") ?? FileOtherwise(request), FileCharsMax);
        var text = await request.TextAsync(BodyKind.Definitions, BytesMax);
        var reading = DefinitionReader.Read(text, name, ApiRequest.Owner);
        return ApiAnswer.Of(await ApplyAsync(request, reading.File ?? throw Invalid(reading)));
    }

    /// <summary>Refuses bad query values before a body is read.</summary>
    public static void CheckQuery(ApiRequest request)
    {
        Requester.Who(request.Query.Text("who"));
        _ = request.Query.Flag("dry_run") | request.Query.Flag("prune");
    }

    // The reader goes by the name: in a file of JSON it wants JSON, not only what YAML makes of it.
    private static string FileOtherwise(ApiRequest request) =>
        request.Headers.ContentType.ToString().StartsWith("application/json", StringComparison.OrdinalIgnoreCase) ? JsonFile : YamlFile;

    private static Task<ApiAnswer> SchemaAsync(ApiRequest request) =>
        Task.FromResult(ApiAnswer.Of(new RawContent(Encoding.UTF8.GetBytes(DefinitionSchema.Text), SchemaType)));

    private static RefusedException Invalid(DefinitionReading reading)
    {
        var count = reading.Faults.Length;
        var first = reading.Faults.FirstOrDefault();
        var refused = new RefusedException(
            ErrorCodes.DefinitionInvalid,
            count == 1 ? $"{first}" : string.Create(CultureInfo.InvariantCulture, $"The file has {count} faults; the first one is {first}"))
        {
            Faults = [.. reading.Faults.Select(fault => new FileFault(fault.File, fault.Line, fault.Column, fault.Field, fault.Message))],
        };
        refused.With("faults", count.ToString(CultureInfo.InvariantCulture));
        return refused;
    }
}
