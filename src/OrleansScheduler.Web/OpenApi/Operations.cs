using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;
using OrleansScheduler.Errors;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.OpenApi;

/// <summary>Turns descriptions of operations into the models of the document.</summary>
/// <param name="document">The document that they are for.</param>
/// <param name="options">The limits of the host.</param>
internal sealed class Operations(OpenApiDocument document, SchedulerApiOptions options)
{
    /// <summary>The name of the scheme by which administrators are known.</summary>
    public const string AdministratorScheme = "administrator";

    private readonly SchemaBook _schemas = new(document);

    /// <summary>The operation.</summary>
    /// <param name="path">Its address.</param>
    /// <param name="doc">What it is.</param>
    /// <param name="method">Its method.</param>
    public OpenApiOperation Of(string path, OperationDoc doc, string method)
    {
        var tag = TagOf(path);
        document.Tags!.Add(new OpenApiTag { Name = tag });
        return new OpenApiOperation
        {
            OperationId = doc.Id,
            Summary = doc.Summary,
            Description = doc.Description,
            Tags = new HashSet<OpenApiTagReference> { new(tag, document) },
            Parameters = [.. doc.Parameters.Select(Parameter)],
            RequestBody = doc.Body is { } body ? Body(body) : null,
            Responses = Responses(doc, HttpMethods.IsGet(method)),
            Security = doc.ForAdministrator
                ? [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(AdministratorScheme, document)] = [] }]
                : null,
        };
    }

    // The noun that the address ends with: documents of a space are documents.
    private static string TagOf(string path)
    {
        var nouns = path.Split('/').Where(part => part.Length > 0 && part[0] != '{' && part is not ("api" or "v1")).ToArray();
        return nouns is ["spaces", "documents" or "commits" or "actions", ..] ? nouns[1] : nouns.FirstOrDefault("front page");
    }

    private OpenApiParameter Parameter(ParameterDoc parameter) => new()
    {
        Name = parameter.Name,
        In = parameter.Place == ParameterPlace.Query ? ParameterLocation.Query : ParameterLocation.Header,
        Description = parameter.Description,
        Required = parameter.Required,
        Schema = parameter.Schema(options),
    };

    private OpenApiRequestBody Body(BodyDoc body) => new()
    {
        Required = body.Required,
        Description = string.Create(
            CultureInfo.InvariantCulture, $"At most {Math.Min(body.BytesMax ?? int.MaxValue, options.BodyBytesMax)} bytes of UTF-8."),
        Content = body.MediaTypes.ToDictionary(
            type => type, _ => new OpenApiMediaType { Schema = _schemas.Of(body.Type) }),
    };

    private OpenApiResponses Responses(OperationDoc doc, bool onlyLooks)
    {
        var responses = new OpenApiResponses();
        foreach (var answer in doc.Answers)
        {
            responses[StatusText(answer.Status)] = Answer(answer);
        }

        if (doc.HasProblems)
        {
            var failures = doc.Failures.Concat(CommonFailures(doc, onlyLooks).Select(code => (ErrorTable.Of(code).Status, code)));
            foreach (var status in failures.Distinct().GroupBy(failure => failure.Item1, failure => failure.Item2).OrderBy(group => group.Key))
            {
                responses[StatusText(status.Key)] = Problem(string.Join(", ", status.Order(StringComparer.Ordinal)));
            }

            responses["default"] = Problem("Any other failure.");
        }

        return responses;
    }

    private OpenApiResponse Answer(AnswerDoc answer) => new()
    {
        Description = answer.Description,
        Content = answer.Type is { } type
            ? new Dictionary<string, OpenApiMediaType> { [answer.MediaType] = new OpenApiMediaType { Schema = _schemas.Of(type) } }
            : null,
        Headers = answer.HasTag
            ? new Dictionary<string, IOpenApiHeader>
            {
                ["ETag"] = new OpenApiHeader { Description = "For If-Match.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            }
            : null,
    };

    private OpenApiResponse Problem(string codes) => new()
    {
        Description = codes,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [Problems.Problem.ContentType] = new OpenApiMediaType { Schema = _schemas.Of(typeof(Problem)) },
        },
    };

    private static IEnumerable<string> CommonFailures(OperationDoc doc, bool onlyLooks) =>
    [
        ErrorCodes.RequestInvalid, ErrorCodes.PathInvalid, ErrorCodes.Overloaded, ErrorCodes.Internal, ErrorCodes.Stopping,
        .. onlyLooks ? new[] { ErrorCodes.Timeout } : [ApiErrorCodes.OriginRefused, ErrorCodes.OutcomeUnknown],
        .. doc.Body is null ? Array.Empty<string>()
            : [ApiErrorCodes.BodyTooSlow, ErrorCodes.JsonTooLarge, ApiErrorCodes.ContentTypeUnsupported],
        .. doc.Body is { MediaTypes: ["application/json", ..] }
            ? new[] { ErrorCodes.JsonMalformed, ErrorCodes.JsonTooDeep, ErrorCodes.JsonDuplicateKey } : [],
    ];

    private static string StatusText(int status) => status.ToString(CultureInfo.InvariantCulture);
}
