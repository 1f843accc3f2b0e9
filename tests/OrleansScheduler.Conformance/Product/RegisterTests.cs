using OrleansScheduler.Definitions;
using OrleansScheduler.Errors;
using OrleansScheduler.Permissions;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>The small registers: permissions, and what sets of definitions have created.</summary>
public abstract class RegisterTests : ProductTests
{
    [Fact]
    public async Task Nothing_is_allowed_until_somebody_allows_it_and_that_outlives_a_crash()
    {
        await using var product = await StartAsync();
        var before = await Permissions(product).IsAllowedAsync(PermissionKind.Command, "abc", CancellationToken.None);

        var permission = await Permissions(product).AllowAsync(PermissionKind.Command, "abc", "echo", "root", CancellationToken.None);
        var again = await Permissions(product).AllowAsync(PermissionKind.Command, "abc", "other", "me", CancellationToken.None);
        await product.CrashAsync(TimeSpan.FromSeconds(1));

        Assert.False(before);
        Assert.Equal(permission, again);
        Assert.True(await Permissions(product).IsAllowedAsync(PermissionKind.Command, "abc", CancellationToken.None));
        Assert.False(await Permissions(product).IsAllowedAsync(PermissionKind.Program, "abc", CancellationToken.None));
        Assert.Equal([permission], await Permissions(product).ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_permission_can_be_taken_back()
    {
        await using var product = await StartAsync();
        await Permissions(product).AllowAsync(PermissionKind.Program, "/bin/true", "", "root", CancellationToken.None);

        await Permissions(product).RevokeAsync(PermissionKind.Program, "/bin/true", "root", CancellationToken.None);
        await Permissions(product).RevokeAsync(PermissionKind.Program, "/bin/true", "root", CancellationToken.None);
        await product.CrashAsync(TimeSpan.FromSeconds(1));

        Assert.False(await Permissions(product).IsAllowedAsync(PermissionKind.Program, "/bin/true", CancellationToken.None));
    }

    [Fact]
    public async Task Of_two_who_replace_the_same_manifest_one_is_told()
    {
        await using var product = await StartAsync();
        var set = product.Directory.Get<IDefinitionSet>("owner/default");
        var empty = await set.GetAsync(CancellationToken.None);

        var saved = await set.SaveAsync(empty with { Schedules = empty.Schedules.Add("nightly") }, CancellationToken.None);
        var conflict = await Assert.ThrowsAsync<SchedulerException>(() => set.SaveAsync(empty, CancellationToken.None));
        await product.CrashAsync(TimeSpan.FromSeconds(1));
        var loaded = await product.Directory.Get<IDefinitionSet>("owner/default").GetAsync(CancellationToken.None);

        Assert.Equal((0, 1), (empty.Revision, saved.Revision));
        Assert.Equal((ErrorCodes.RevisionConflict, "1"), (conflict.Code, conflict.Details["revision"]));
        Assert.Equal(["nightly"], loaded.Schedules);
    }

    private static IPermissions Permissions(ProductUnderTest product) => product.Directory.Get<IPermissions>(IPermissions.Key);
}
