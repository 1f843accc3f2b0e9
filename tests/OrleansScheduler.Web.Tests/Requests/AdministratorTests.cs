using OrleansScheduler.Permissions;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Requests;

public sealed class AdministratorTests
{
    private const string Token = "0123456789abcdef";
    private const string Body = """{"kind":"program","value":"/usr/bin/rsync"}""";

    [Theory]
    [InlineData("Bearer 0123456789abcdef")]
    [InlineData("bearer  0123456789abcdef ")]
    public async Task Who_has_the_token_is_one(string header)
    {
        await using var api = await TestApi.StartAsync(new SchedulerApiOptions { AdministratorToken = Token });
        api.Actors.Answer("AllowAsync", new Permission(PermissionKind.Program, "/usr/bin/rsync", "", "api", Samples.Noon));

        var reply = await api.PostAsync("/api/v1/permissions", Body, ("Authorization", header));

        Assert.Equal(200, (int)reply.Status);
    }

    [Theory]
    [InlineData("Bearer 0123456789abcdeF")]
    [InlineData("Bearer 0123456789abcde")]
    [InlineData("Bearer ")]
    [InlineData("0123456789abcdef")]
    [InlineData("Basic 0123456789abcdef")]
    public async Task Who_has_another_token_is_none(string header)
    {
        await using var api = await TestApi.StartAsync(new SchedulerApiOptions { AdministratorToken = Token });

        var reply = await api.PostAsync("/api/v1/permissions", Body, ("Authorization", header));

        reply.AssertProblem(403, "administrator_needed");
        Assert.Empty(api.Actors.Calls);
        Assert.DoesNotContain(api.Log.Entries, entry => entry.Text.Contains(Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_shows_no_token_is_told_how()
    {
        await using var api = await TestApi.StartAsync(new SchedulerApiOptions { AdministratorToken = Token });

        var reply = await api.PostAsync("/api/v1/permissions", Body);

        reply.AssertProblem(401, "administrator_needed");
        Assert.Equal("Bearer", Assert.Single(reply.Headers.WwwAuthenticate).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer 0123456789abcdef")]
    public async Task Without_a_token_of_the_host_nobody_is_one(string? header)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PostAsync("/api/v1/permissions", Body, header is null ? [] : [("Authorization", header)]);

        reply.AssertProblem(403, "administrator_needed");
        Assert.Empty(reply.Headers.WwwAuthenticate);
    }
}
