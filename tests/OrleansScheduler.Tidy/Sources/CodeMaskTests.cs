using Xunit;

namespace OrleansScheduler.Tidy.Sources;

public sealed class CodeMaskTests
{
    [Theory]
    [InlineData("a; // {", "a;     ")]
    [InlineData("a; /* \" { */ b;", "a;           b;")]
    [InlineData("x = '{' + '\\'' + '\"';", "x =     +      +    ;")]
    [InlineData("x = \"{ \\\" {\";", "x =         ;")]
    [InlineData("x = @\"{ \"\" {\\\";", "x =           ;")]
    [InlineData("x = $\"{{ {a[\"{\"]} }}\";", "x =       a[   ]     ;")]
    [InlineData("x = $\"{(y ? $\"{z}\" : \"}\")}\";", "x =    (y ?    z   :    )  ;")]
    [InlineData("x = \"\"\"a \"\" { b\"\"\";", "x =               ;")]
    [InlineData("x = $$\"\"\"{ {{a}} }\"\"\";", "x =          a       ;")]
    [InlineData("@class = \"\";", "@class =   ;")]
    [InlineData("#if {\nb;", "     \nb;")]
    public void Comments_and_texts_are_blanked(string source, string expected)
    {
        var code = CodeMask.Of(source);

        Assert.Equal(expected, code);
    }

    [Fact]
    public void In_every_source_the_brackets_that_remain_are_balanced() => Violations.AssertNone(
        from file in SourceFile.OfProduct.Concat(SourceFile.OfTests)
        from pair in new[] { "()", "[]", "{}" }
        let excess = file.Code.Count(c => c == pair[0]) - file.Code.Count(c => c == pair[1])
        where excess != 0
        select new Violation(file.Path, "be readable for CodeMask", $"{excess} more {pair[0]} than {pair[1]}"));
}
