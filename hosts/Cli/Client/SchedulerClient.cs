using System.Text;
using System.Text.Json;
using OrleansScheduler.Governing;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Cli.Client;

/// <summary>The REST interface of a server. Every call answers with what came; <see cref="ServerAnswer.Read{T}"/> says what it means.</summary>
/// <param name="link">Sends the requests.</param>
internal sealed class SchedulerClient(ServerLink link)
{
    private static readonly TimeSpan ExportWait = TimeSpan.FromMinutes(10);
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc cref="ServerLink.RequireToken"/>
    public void RequireToken() => link.RequireToken();

    public Task<ServerAnswer> ApplyAsync(string text, bool isJson, Query query, CancellationToken cancellation) => link.SendAsync(
        new(HttpMethod.Post, $"/definitions{query}") { Body = new StringContent(text, Utf8, isJson ? "application/json" : "application/yaml") },
        cancellation);

    public Task<ServerAnswer> ImportCrontabAsync(string text, Query query, CancellationToken cancellation) => link.SendAsync(
        new(HttpMethod.Post, $"/crontabs{query}") { Body = new StringContent(text, Utf8, "text/plain") }, cancellation);

    public Task<ServerAnswer> ListSchedulesAsync(string? after, long? limit, CancellationToken cancellation) =>
        GetAsync($"/schedules{new Query().Add("details", true).Add("after", after).Add("limit", limit)}", cancellation);

    public Task<ServerAnswer> GetScheduleAsync(string name, CancellationToken cancellation) => GetAsync(Schedule(name), cancellation);

    public Task<ServerAnswer> CreateScheduleAsync(ScheduleForm form, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, "/schedules", form, cancellation);

    public Task<ServerAnswer> ReplaceScheduleAsync(ScheduleForm form, string who, CancellationToken cancellation) => SendAsync(
        HttpMethod.Put, $"{Schedule(form.Name!)}{new Query().Add("who", who)}", form with { Name = null }, cancellation);

    public Task<ServerAnswer> PreviewScheduleAsync(ScheduleForm form, int count, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, $"/schedules/preview{new Query().Add("count", count)}", form, cancellation);

    public Task<ServerAnswer> ExecuteAsync(string name, string? request, string who, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, $"{Schedule(name)}/execute", new { Request = request, Who = who }, cancellation);

    public Task<ServerAnswer> PauseAsync(string name, string? reason, string who, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, $"{Schedule(name)}/pause", new { Reason = reason, Who = who }, cancellation);

    public Task<ServerAnswer> ResumeAsync(string name, string who, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, $"{Schedule(name)}/resume", new { Who = who }, cancellation);

    public Task<ServerAnswer> DeleteScheduleAsync(string name, string who, CancellationToken cancellation) =>
        link.SendAsync(new(HttpMethod.Delete, $"{Schedule(name)}{new Query().Add("who", who)}"), cancellation);

    public Task<ServerAnswer> AllowAsync(string name, string hash, string? note, string who, CancellationToken cancellation) => link.SendAsync(
        new(HttpMethod.Post, $"{Schedule(name)}/allow")
        {
            Body = Json(new { CommandHash = hash, Note = note, Who = who }),
            ByAdministrator = true,
        },
        cancellation);

    public Task<ServerAnswer> ListPermissionsAsync(CancellationToken cancellation) => GetAsync("/permissions", cancellation);

    public Task<ServerAnswer> RevokeAsync(string kind, string value, string who, CancellationToken cancellation) => link.SendAsync(
        new(HttpMethod.Delete, $"/permissions/{Escape(kind)}/{Escape(value)}{new Query().Add("who", who)}") { ByAdministrator = true }, cancellation);

    public Task<ServerAnswer> ListRunsAsync(Query query, CancellationToken cancellation) => GetAsync($"/runs{query}", cancellation);

    /// <summary>Reads an archive of everything. The server proves all of its data before the first byte comes.</summary>
    public Task<T> ExportAsync<T>(bool skipDamaged, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellation) => link.DownloadAsync(
        new(HttpMethod.Get, $"/ops/export{new Query().Add("skip_damaged", skipDamaged)}") { ByAdministrator = true, Wait = ExportWait }, read, cancellation);

    public Task<ServerAnswer> GetGovernorAsync(CancellationToken cancellation) => GetAsync("/governor", cancellation);

    public Task<ServerAnswer> ConfigureGovernorAsync(GovernorSettings settings, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Put, "/governor", settings, cancellation);

    public Task<ServerAnswer> GetDocumentAsync(string space, string document, Query query, CancellationToken cancellation) =>
        GetAsync($"{Document(space, document)}{query}", cancellation);

    public Task<ServerAnswer> SetDocumentAsync(string space, string document, Query query, byte[] json, CancellationToken cancellation) =>
        link.SendAsync(new(HttpMethod.Put, $"{Document(space, document)}{query}") { Body = Json(json) }, cancellation);

    public Task<ServerAnswer> PullAsync(string space, Query query, TimeSpan wait, CancellationToken cancellation) =>
        link.SendAsync(new(HttpMethod.Get, $"/spaces/{Escape(space)}/pull{query.Add("wait", wait)}") { Wait = wait }, cancellation);

    public Task<ServerAnswer> ExplainAsync(string space, string action, long? run, CancellationToken cancellation) =>
        GetAsync($"/spaces/{Escape(space)}/explain/{Escape(action)}{new Query().Add("run", run)}", cancellation);

    public Task<ServerAnswer> ListStatisticsAsync(string space, string? after, long limit, CancellationToken cancellation) =>
        GetAsync($"/spaces/{Escape(space)}/statistics{new Query().Add("after", after).Add("limit", limit)}", cancellation);

    private static string Schedule(string name) => $"/schedules/{Escape(name)}";

    private static string Document(string space, string document) => $"/spaces/{Escape(space)}/documents/{Escape(document)}";

    // A name of one or two dots would be taken for a step in the address.
    private static string Escape(string part) => part is "." or ".." or ""
        ? throw new Outcomes.CliException(Outcomes.CliCodes.Usage, $"'{part}' is no name.")
        : Uri.EscapeDataString(part);

    private static ByteArrayContent Json(object body) => Json(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), ContractJson.Options));

    private static ByteArrayContent Json(byte[] utf8)
    {
        var content = new ByteArrayContent(utf8);
        content.Headers.ContentType = new("application/json", "utf-8");
        return content;
    }

    private Task<ServerAnswer> GetAsync(string path, CancellationToken cancellation) => link.SendAsync(new(HttpMethod.Get, path), cancellation);

    private Task<ServerAnswer> SendAsync(HttpMethod method, string path, object body, CancellationToken cancellation) =>
        link.SendAsync(new(method, path) { Body = Json(body) }, cancellation);
}
