using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.OpenApi;
using OrleansScheduler.Web.Fakes;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.OpenApi;

public sealed class OpenApiDocumentTests
{
    private const string Address = "/openapi/v1.json";

    [Fact]
    public async Task Every_mapped_address_is_in_it_and_nothing_else()
    {
        await using var api = await TestApi.StartAsync();

        var document = (await api.GetAsync(Address)).Json;

        var mapped = api.Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(method => $"{method} {endpoint.RoutePattern.RawText}"))
            .Where(address => !address.StartsWith("HEAD ", StringComparison.Ordinal))
            .ToArray();
        Assert.True(mapped.Length > 40);
        Assert.Equal(mapped.Order(StringComparer.Ordinal), Operations(document).Select(found => found.Address).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_mapped_address_is_described()
    {
        await using var api = await TestApi.StartAsync();

        var undescribed = api.Endpoints
            .Where(endpoint => ApiDocument.MethodOf(endpoint) is not null && endpoint.Metadata.GetMetadata<OperationDoc>() is null);

        Assert.Empty(undescribed);
    }

    [Fact]
    public void An_address_that_nobody_described_makes_no_document()
    {
        var bare = new RouteEndpointBuilder(_ => Task.CompletedTask, RoutePatternFactory.Parse("/bare"), 0);
        bare.Metadata.Add(new HttpMethodMetadata(["GET"]));

        var fault = Assert.Throws<InvalidOperationException>(() => ApiDocument.Of([bare.Build()], new SchedulerApiOptions()));

        Assert.Contains("GET /bare", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_an_address_that_nobody_described_makes_no_document()
    {
        var bare = new RouteEndpointBuilder(_ => Task.CompletedTask, RoutePatternFactory.Parse("/x/{stranger}"), 0);
        bare.Metadata.Add(new HttpMethodMetadata(["GET"]));
        bare.Metadata.Add(new OperationDoc("x", "X."));

        var fault = Assert.Throws<InvalidOperationException>(() => ApiDocument.Of([bare.Build()], new SchedulerApiOptions()));

        Assert.Contains("{stranger}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_operation_has_a_name_a_summary_a_group_and_answers()
    {
        await using var api = await TestApi.StartAsync();

        var operations = Operations((await api.GetAsync(Address)).Json);

        var ids = operations.Select(found => found.Operation.GetProperty("operationId").GetString()!).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[a-z0-9_]+$", id));
        Assert.All(operations, found =>
        {
            Assert.EndsWith(".", found.Operation.GetProperty("summary").GetString(), StringComparison.Ordinal);
            Assert.Single(found.Operation.GetProperty("tags").EnumerateArray());
            var answers = found.Operation.GetProperty("responses").EnumerateObject().ToArray();
            Assert.Contains(answers, answer => answer.Name[0] == '2');
            Assert.All(answers, answer => Assert.NotEmpty(answer.Value.GetProperty("description").GetString()!));
            if (found.Address.Contains("/api/v1/", StringComparison.Ordinal))
            {
                var problem = found.Operation.GetProperty("responses").GetProperty("default").GetProperty("content");
                Assert.Equal("#/components/schemas/Problem", problem.GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString());
            }
        });
    }

    [Fact]
    public async Task Every_parameter_says_what_it_may_be_and_every_part_of_an_address_is_one()
    {
        await using var api = await TestApi.StartAsync();

        var document = (await api.GetAsync(Address)).Json;

        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            var parts = path.Value.TryGetProperty("parameters", out var shared) ? shared.EnumerateArray().ToArray() : [];
            Assert.Equal(path.Name.Count(c => c == '{'), parts.Length);
            Assert.All(parts, part => Assert.Contains($"{{{part.GetProperty("name").GetString()}}}", path.Name, StringComparison.Ordinal));
            var own = path.Value.EnumerateObject().Where(member => member.Name != "parameters")
                .SelectMany(operation => operation.Value.TryGetProperty("parameters", out var all) ? all.EnumerateArray().ToArray() : []);
            Assert.All(parts.Concat(own), parameter =>
            {
                Assert.EndsWith(".", parameter.GetProperty("description").GetString(), StringComparison.Ordinal);
                Assert.True(parameter.GetProperty("schema").TryGetProperty("type", out _));
            });
        }
    }

    [Fact]
    public async Task Readers_of_the_standard_understand_it_and_every_reference_leads_somewhere()
    {
        await using var api = await TestApi.StartAsync();
        var reply = await api.GetAsync(Address);

        var read = OpenApiDocument.Parse(reply.Text, "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.Equal("application/json", reply.ContentHeaders.ContentType?.MediaType);
        var references = ReferencesIn(reply.Json).Distinct().ToArray();
        Assert.True(references.Length > 20);
        Assert.All(references, reference => Assert.NotEqual(JsonValueKind.Undefined, SchemaCheck.Find(reply.Json, reference).ValueKind));
    }

    [Fact]
    public async Task Says_what_the_sources_say_about_fields()
    {
        await using var api = await TestApi.StartAsync();

        var schemas = (await api.GetAsync(Address)).Json.GetProperty("components").GetProperty("schemas");

        Assert.All(schemas.EnumerateObject(), schema =>
        {
            var fields = schema.Value.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().ToArray() : [];
            Assert.All(fields.Where(field => field.Value.TryGetProperty("description", out _)), field =>
                Assert.DoesNotContain("<", field.Value.GetProperty("description").GetString(), StringComparison.Ordinal));
        });
        var body = schemas.GetProperty("ScheduleBody").GetProperty("properties");
        Assert.Equal("How late an occurrence may be noticed, 1 s to 1 day; null for 60 s.", body.GetProperty("tolerance").GetProperty("description").GetString());
        Assert.Contains("null for UTC", body.GetProperty("zone").GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ranges_are_those_of_the_host()
    {
        await using var api = await TestApi.StartAsync(new SchedulerApiOptions { PageItemsMax = 50, PageItemsDefault = 5, WaitMax = TimeSpan.FromSeconds(3) });

        var document = (await api.GetAsync(Address)).Json;

        var limit = Parameter(document, "/api/v1/schedules", "limit");
        Assert.Equal((1, 50, 5), (limit.GetProperty("minimum").GetInt32(), limit.GetProperty("maximum").GetInt32(), limit.GetProperty("default").GetInt32()));
        Assert.Contains("3s", Parameter(document, "/api/v1/spaces/{space}/idle", "wait").GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_who_needs_an_administrator()
    {
        await using var api = await TestApi.StartAsync();

        var guarded = Operations((await api.GetAsync(Address)).Json)
            .Where(found => found.Operation.TryGetProperty("security", out var schemes) && schemes.GetArrayLength() > 0)
            .Select(found => found.Operation.GetProperty("operationId").GetString());

        Assert.Equal(["add_permission", "allow_schedule", "delete_permission", "export"], guarded.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_of_a_host_is_in_it()
    {
        await using var api = await TestApi.StartAsync();

        var operations = Operations((await api.GetAsync(Address)).Json);

        var host = Assert.Single(operations, found => found.Address == "POST /api/v1/ops/test");
        Assert.Equal("post_ops_test", host.Operation.GetProperty("operationId").GetString());
    }

    private static List<(string Address, JsonElement Operation)> Operations(JsonElement document) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           where operation.Name != "parameters"
           select ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value),
    ];

    private static JsonElement Parameter(JsonElement document, string path, string name) => document.GetProperty("paths").GetProperty(path)
        .GetProperty("get").GetProperty("parameters").EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == name)
        .GetProperty("schema");

    private static IEnumerable<string> ReferencesIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [member.Value.GetString()!] : ReferencesIn(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(ReferencesIn),
        _ => [],
    };
}
