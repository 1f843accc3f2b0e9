using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace OrleansScheduler.Web.OpenApi;

/// <summary>The OpenAPI document as text, made when it is first asked for, because only then everything is mapped.</summary>
/// <param name="endpoints">What is mapped.</param>
/// <param name="options">The limits of the host.</param>
internal sealed class DocumentText(EndpointDataSource endpoints, SchedulerApiOptions options)
{
    private readonly Lazy<Task<byte[]>> _utf8 = new(() => CreateAsync(endpoints, options));

    /// <summary>The document in JSON.</summary>
    public Task<byte[]> Utf8 => _utf8.Value;

    private static async Task<byte[]> CreateAsync(EndpointDataSource endpoints, SchedulerApiOptions options)
    {
        var document = ApiDocument.Of(endpoints.Endpoints, options);
        return Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, CancellationToken.None));
    }
}
