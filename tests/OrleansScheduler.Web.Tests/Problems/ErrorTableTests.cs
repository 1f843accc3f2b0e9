using System.Reflection;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Web.Problems;

public sealed class ErrorTableTests
{
    public static TheoryData<string> Codes => [.. CodesOf(typeof(ErrorCodes)).Concat(CodesOf(typeof(ApiErrorCodes)))];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_a_row(string code)
    {
        Assert.True(ErrorTable.Lists(code), code);
        Assert.InRange(ErrorTable.Of(code).Status, 400, 599);
        Assert.NotEmpty(ErrorTable.Of(code).Title);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Only_what_passes_says_when_to_try_again(string code)
    {
        var row = ErrorTable.Of(code);

        Assert.Equal(row.Status is 429 or 503 or 504, row.Passes);
    }

    [Fact]
    public void A_code_of_a_later_version_is_an_internal_error()
    {
        Assert.Equal(500, ErrorTable.Of("unheard_of").Status);
    }

    [Theory]
    [InlineData(ErrorCodes.NotFound, 404)]
    [InlineData(ErrorCodes.RunOpen, 409)]
    [InlineData(ErrorCodes.SnapshotGone, 410)]
    [InlineData(ErrorCodes.ReceiptExpired, 410)]
    [InlineData(ErrorCodes.CommitTooLarge, 413)]
    [InlineData(ErrorCodes.UnknownHandler, 422)]
    [InlineData(ErrorCodes.PolicyUnsupported, 422)]
    [InlineData(ErrorCodes.ZoneUnknown, 400)]
    [InlineData(ErrorCodes.DefinitionInvalid, 400)]
    [InlineData(ErrorCodes.AdministratorNeeded, 403)]
    [InlineData(ErrorCodes.RevisionConflict, 409)]
    [InlineData(ErrorCodes.Overloaded, 429)]
    [InlineData(ErrorCodes.CorruptState, 500)]
    [InlineData(ErrorCodes.OutcomeUnknown, 503)]
    public void Statuses_are_as_documented(string code, int status)
    {
        Assert.Equal(status, ErrorTable.Of(code).Status);
    }

    private static IEnumerable<string> CodesOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
}
