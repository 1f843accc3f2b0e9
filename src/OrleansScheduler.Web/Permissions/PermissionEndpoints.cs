using Microsoft.AspNetCore.Http;
using OrleansScheduler.Documents;
using OrleansScheduler.Permissions;
using OrleansScheduler.Web.OpenApi;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Permissions;

/// <summary>What may run outside of the product. Anybody may look, only an administrator may change it.</summary>
internal static class PermissionEndpoints
{
    private const string All = "/permissions";
    private const string One = "/permissions/{kind}/{value}";
    private const int ValueCharsMax = 1000;
    private const int NoteCharsMax = 2000;

    public static void Map(ApiRoutes routes)
    {
        routes.Get(All, ListAsync, new OperationDoc("list_permissions", "Lists what administrators have allowed to run.")
            .Gives<PermissionList>("All permissions."));
        routes.Map(HttpMethods.Post, All, AllowAsync, new OperationDoc("add_permission", "Allows a program or a command.")
            .NeedsAdministrator().Takes<PermissionBody>().Gives<Permission>("The permission; the present one when there is one already."));
        routes.Map(HttpMethods.Delete, One, RevokeAsync, (new OperationDoc("delete_permission", "Takes a permission back.") with { LastMayHaveSlash = true })
            .Notes("What runs goes on.")
            .NeedsAdministrator().Asks(Parameters.Who).GivesNothing("There is no such permission any more."));
    }

    /// <summary>A note for people; null when there is none.</summary>
    /// <exception cref="Errors.SchedulerException"><c>request_invalid</c> for one that is too long.</exception>
    public static string? Note(string? note) => string.IsNullOrEmpty(note) ? null : Requester.Text("note", note, NoteCharsMax);

    private static async Task<ApiAnswer> ListAsync(ApiRequest request) =>
        ApiAnswer.Of(new PermissionList(await Permissions(request).ListAsync(request.Patience())));

    private static async Task<ApiAnswer> AllowAsync(ApiRequest request)
    {
        Administrator.Require(request);
        var body = await request.BodyAsync<PermissionBody>();
        Check(body.Kind, body.Value);
        return ApiAnswer.Of(await Permissions(request)
            .AllowAsync(body.Kind, body.Value, Note(body.Note) ?? "", Requester.Who(body.Who), request.Patience()));
    }

    private static async Task<ApiAnswer> RevokeAsync(ApiRequest request)
    {
        Administrator.Require(request);
        var kind = KindOf(request.Route("kind"));
        var value = Requester.Text("value", request.LastPart(), ValueCharsMax);
        await Permissions(request).RevokeAsync(kind, value, Requester.Who(request.Query.Text("who")), request.Patience());
        return ApiAnswer.Nothing;
    }

    // What can never fit anything is a mistake, and would look as if something was allowed.
    private static void Check(PermissionKind kind, string value)
    {
        Requester.Text("value", value, ValueCharsMax);
        if (kind == PermissionKind.Command && !ContentHash.TryParse(value, out _))
        {
            throw Fault.Invalid("value", "value of a command is its hash: 32 lower-case hexadecimal digits.");
        }

        if (kind == PermissionKind.Program && !Path.IsPathFullyQualified(value))
        {
            throw Fault.Invalid("value", "value of a program is its full path, such as /usr/bin/rsync.");
        }
    }

    private static PermissionKind KindOf(string text) => Enum.GetValues<PermissionKind>()
        .Cast<PermissionKind?>()
        .FirstOrDefault(kind => EnumText.Of(kind!.Value) == text)
        ?? throw Fault.Invalid("kind", $"kind is one of {string.Join(", ", Enum.GetValues<PermissionKind>().Select(EnumText.Of))}.");

    private static IPermissions Permissions(ApiRequest request) => request.Actor<IPermissions>(IPermissions.Key);
}
