using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace OrleansScheduler.Web.Fakes;

/// <summary>A response, read whole.</summary>
public sealed record Reply(HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Text)
{
    /// <summary>The body.</summary>
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>One member of the details of a problem.</summary>
    public string? Detail(string name) => Json.GetProperty("details").GetProperty(name).GetString();

    public static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            return new Reply(response.StatusCode, response.Headers, response.Content.Headers, text);
        }
    }

    /// <summary>Checks that this is a problem of that code, whole and consistent.</summary>
    public Reply AssertProblem(int status, string code)
    {
        Assert.Equal((status, code), ((int)Status, Text.Length == 0 ? "" : Json.GetProperty("code").GetString()));
        Assert.Equal("application/problem+json", ContentHeaders.ContentType?.MediaType);
        Assert.Equal($"urn:orleans-scheduler:error:{code}", Json.GetProperty("type").GetString());
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.NotEmpty(Json.GetProperty("title").GetString()!);
        Assert.NotEmpty(Json.GetProperty("detail").GetString()!);
        Assert.StartsWith("/", Json.GetProperty("instance").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Object, Json.GetProperty("details").ValueKind);
        return this;
    }

    /// <summary>Checks that this is a problem about that field, and that its sentence holds a text.</summary>
    public Reply AssertField(int status, string code, string field, string says)
    {
        AssertProblem(status, code);
        Assert.Equal(field, Detail("field"));
        Assert.Contains(says, Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("OrleansScheduler.", Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        return this;
    }
}
