using OrleansScheduler.Documents;
using Xunit;

namespace OrleansScheduler.Definitions.Tests.Reading;

public sealed class CoreScalarTests
{
    [Theory]
    [InlineData("", "null")]
    [InlineData("~", "null")]
    [InlineData("Null", "null")]
    [InlineData("nULL", "\"nULL\"")]
    [InlineData("TRUE", "true")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("off", "\"off\"")]
    [InlineData("y", "\"y\"")]
    [InlineData("1.50", "1.50")]
    [InlineData("+12", "12")]
    [InlineData("-012", "-12")]
    [InlineData("0o17", "15")]
    [InlineData("0x1F", "31")]
    [InlineData("0xFFFFFFFFFFFFFFFFFF", "4722366482869645213695")]
    [InlineData("-0x1F", "\"-0x1F\"")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("-.5e+10", "-0.5e+10")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("2026-01-01", "\"2026-01-01\"")]
    [InlineData("12e03", "12e03")]
    [InlineData("1e", "\"1e\"")]
    [InlineData("'0x1F'", "\"0x1F\"")]
    [InlineData("\"5\"", "\"5\"")]
    [InlineData("''", "\"\"")]
    [InlineData("<<", "\"<<\"")]
    [InlineData("=", "\"=\"")]
    [InlineData("99999999999999999999999999.10", "99999999999999999999999999.10")]
    public void Scalars_are_typed_as_the_core_schema_says(string scalar, string json)
    {
        var value = FileText.Read($"spaces:\n  s:\n    documents:\n      d: {scalar}\n").Documents[0].Value;

        Assert.Equal(json, value.ToString());
    }

    [Theory]
    [InlineData(".inf")]
    [InlineData("-.INF")]
    [InlineData(".NaN")]
    [InlineData("1e9999999")]
    public void What_JSON_has_no_number_for_is_refused(string scalar) =>
        Assert.Contains("JSON has no number", FileText.Fault($"spaces:\n  s:\n    documents:\n      d: {scalar}\n"), StringComparison.Ordinal);
}
