using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Documents;

public sealed class JsonPatchTests
{
    // The situations of RFC 6902, appendix A, with data of our own; null stands for a patch that must fail.
    [Theory]
    [InlineData("A.1 add a key", """{"city":"Oslo"}""", """[{"op":"add","path":"/zip","value":"0150"}]""", """{"city":"Oslo","zip":"0150"}""")]
    [InlineData("A.2 add an item", """{"l":[1,3]}""", """[{"op":"add","path":"/l/1","value":2}]""", """{"l":[1,2,3]}""")]
    [InlineData("A.3 remove a key", """{"a":1,"b":2}""", """[{"op":"remove","path":"/a"}]""", """{"b":2}""")]
    [InlineData("A.4 remove an item", """{"l":[1,2,3]}""", """[{"op":"remove","path":"/l/1"}]""", """{"l":[1,3]}""")]
    [InlineData("A.5 replace", """{"a":1,"b":2}""", """[{"op":"replace","path":"/a","value":[0]}]""", """{"a":[0],"b":2}""")]
    [InlineData("A.6 move a value", """{"x":{"v":1,"w":2},"y":{}}""", """[{"op":"move","from":"/x/v","path":"/y/u"}]""", """{"x":{"w":2},"y":{"u":1}}""")]
    [InlineData("A.7 move an item", """{"l":["a","b","c","d"]}""", """[{"op":"move","from":"/l/1","path":"/l/3"}]""", """{"l":["a","c","d","b"]}""")]
    [InlineData("A.8 test", """{"a":"x","l":[1,"2",3]}""", """[{"op":"test","path":"/a","value":"x"},{"op":"test","path":"/l/1","value":"2"}]""", """{"a":"x","l":[1,"2",3]}""")]
    [InlineData("A.9 failing test", """{"a":"x"}""", """[{"op":"test","path":"/a","value":"y"}]""", null)]
    [InlineData("A.10 add an object", """{"a":1}""", """[{"op":"add","path":"/b","value":{"c":{}}}]""", """{"a":1,"b":{"c":{}}}""")]
    [InlineData("A.11 unknown members", """{"a":1}""", """[{"op":"add","path":"/b","value":2,"note":3}]""", """{"a":1,"b":2}""")]
    [InlineData("A.12 no parent", """{"a":1}""", """[{"op":"add","path":"/b/c","value":2}]""", null)]
    [InlineData("A.14 tilde escapes", """{"/":9,"~1":10}""", """[{"op":"test","path":"/~01","value":10}]""", """{"/":9,"~1":10}""")]
    [InlineData("A.15 text is no number", """{"a":10}""", """[{"op":"test","path":"/a","value":"10"}]""", null)]
    [InlineData("A.16 append", """{"l":[1]}""", """[{"op":"add","path":"/l/-","value":[2,3]}]""", """{"l":[1,[2,3]]}""")]
    [InlineData("copy", """{"a":{"b":1}}""", """[{"op":"copy","from":"/a","path":"/c"}]""", """{"a":{"b":1},"c":{"b":1}}""")]
    [InlineData("copy of the root", """{"a":1}""", """[{"op":"copy","from":"","path":"/b"}]""", """{"a":1,"b":{"a":1}}""")]
    [InlineData("move onto itself", """{"a":1}""", """[{"op":"move","from":"/a","path":"/a"}]""", """{"a":1}""")]
    [InlineData("move to the root", """{"a":[1]}""", """[{"op":"move","from":"/a","path":""}]""", """[1]""")]
    [InlineData("move over another", """{"a":1,"b":2}""", """[{"op":"move","from":"/a","path":"/b"}]""", """{"b":1}""")]
    [InlineData("move beside a longer name", """{"a":1}""", """[{"op":"move","from":"/a","path":"/ab"}]""", """{"ab":1}""")]
    [InlineData("add over a key", """{"a":1}""", """[{"op":"add","path":"/a","value":null}]""", """{"a":null}""")]
    [InlineData("add at the end", """[1]""", """[{"op":"add","path":"/1","value":2}]""", """[1,2]""")]
    [InlineData("replace the root", """[1]""", """[{"op":"replace","path":"","value":2}]""", "2")]
    [InlineData("keys that look like indexes", """{"0":1,"-":2}""", """[{"op":"remove","path":"/0"},{"op":"replace","path":"/-","value":3}]""", """{"-":3}""")]
    [InlineData("the empty key", """{"":{"":1}}""", """[{"op":"replace","path":"//","value":2}]""", """{"":{"":2}}""")]
    [InlineData("numbers by value", """{"a":1.0}""", """[{"op":"test","path":"/a","value":10e-1}]""", """{"a":1.0}""")]
    [InlineData("deep change", """{"a":[{"b":[0,1]}]}""", """[{"op":"replace","path":"/a/0/b/1","value":2}]""", """{"a":[{"b":[0,2]}]}""")]
    [InlineData("nothing to do", """{"a":1}""", "[]", """{"a":1}""")]
    public void Operations_apply_as_the_rfc_says(string name, string document, string patch, string? expected)
    {
        var before = JsonValue.Parse(document);

        if (expected is null)
        {
            Assert.Equal(ErrorCodes.PatchFailed, Assert.Throws<SchedulerException>(() => JsonPatch.Apply(before, JsonValue.Parse(patch))).Code);
        }
        else
        {
            Assert.Equal((name, JsonValue.Parse(expected).ToString()), (name, JsonPatch.Apply(before, JsonValue.Parse(patch))!.ToString()));
        }

        Assert.Equal(JsonValue.Parse(document).ToString(), before.ToString());
    }

    [Theory]
    [InlineData("""{"op":"remove","path":"/x"}""")]
    [InlineData("""{"op":"replace","path":"/x","value":1}""")]
    [InlineData("""{"op":"test","path":"/x","value":1}""")]
    [InlineData("""{"op":"move","from":"/x","path":"/a"}""")]
    [InlineData("""{"op":"copy","from":"/x","path":"/a"}""")]
    [InlineData("""{"op":"move","from":"/o","path":"/o/p"}""")]
    [InlineData("""{"op":"move","from":"","path":"/a"}""")]
    [InlineData("""{"op":"add","path":"/l/4","value":1}""")]
    [InlineData("""{"op":"add","path":"/l/01","value":1}""")]
    [InlineData("""{"op":"add","path":"/l/-1","value":1}""")]
    [InlineData("""{"op":"add","path":"/l/1e0","value":1}""")]
    [InlineData("""{"op":"add","path":"/l/","value":1}""")]
    [InlineData("""{"op":"add","path":"/l/-/a","value":1}""")]
    [InlineData("""{"op":"remove","path":"/l/-"}""")]
    [InlineData("""{"op":"remove","path":"/l/3"}""")]
    [InlineData("""{"op":"replace","path":"/l/3","value":1}""")]
    [InlineData("""{"op":"add","path":"/a/b","value":1}""")]
    [InlineData("""{"op":"add","path":"/a"}""")]
    [InlineData("""{"op":"add","value":1}""")]
    [InlineData("""{"path":"/a","value":1}""")]
    [InlineData("""{"op":"Add","path":"/a","value":1}""")]
    [InlineData("""{"op":1,"path":"/a","value":1}""")]
    [InlineData("""{"op":"add","path":["a"],"value":1}""")]
    [InlineData("""{"op":"add","path":"a","value":1}""")]
    [InlineData("""{"op":"add","path":"/a~2","value":1}""")]
    [InlineData("""{"op":"copy","path":"/a"}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    public void A_failing_operation_is_named_and_nothing_applies(string operation)
    {
        var before = JsonValue.Parse("""{"a":1,"l":[1,2,3],"o":{}}""");
        var patch = JsonValue.Parse($$"""[{"op":"add","path":"/new","value":1},{{operation}}]""");

        var fault = Assert.Throws<SchedulerException>(() => JsonPatch.Apply(before, patch));

        Assert.Equal((ErrorCodes.PatchFailed, "1"), (fault.Code, fault.Details["index"]));
        Assert.NotEmpty(fault.Details["reason"]);
        Assert.Null(before.Child(PathStep.OfKey("new")));
    }

    [Fact]
    public void An_absent_document_can_be_added_and_a_present_one_removed()
    {
        var created = JsonPatch.Apply(null, JsonValue.Parse("""[{"op":"add","path":"","value":{}},{"op":"add","path":"/a","value":1}]"""));
        var removed = JsonPatch.Apply(created, JsonValue.Parse("""[{"op":"remove","path":""}]"""));

        Assert.Equal("""{"a":1}""", created!.ToString());
        Assert.Null(removed);
        Assert.Throws<SchedulerException>(() => JsonPatch.Apply(null, JsonValue.Parse("""[{"op":"add","path":"/a","value":1}]""")));
        Assert.Throws<SchedulerException>(() => JsonPatch.Apply(null, JsonValue.Parse("""[{"op":"replace","path":"","value":1}]""")));
        Assert.Throws<SchedulerException>(() => JsonPatch.Apply(null, JsonValue.Parse("""[{"op":"test","path":"","value":null}]""")));
        Assert.Null(JsonPatch.Apply(null, JsonArray.Empty));
    }

    [Fact]
    public void Branches_that_no_operation_names_are_shared()
    {
        var before = (JsonObject)JsonValue.Parse("""{"a":{"x":1},"b":{"y":[1]}}""");

        var after = (JsonObject)JsonPatch.Apply(before, JsonValue.Parse("""[{"op":"replace","path":"/a/x","value":2}]"""))!;

        Assert.Same(before["b"], after["b"]);
        Assert.NotSame(before["a"], after["a"]);
    }

    [Fact]
    public void A_patch_is_an_array_of_limited_length()
    {
        var one = JsonValue.Parse("""{"op":"test","path":"","value":1}""");

        var noArray = Assert.Throws<SchedulerException>(() => JsonPatch.Apply(1, one));
        var most = JsonPatch.Apply(1, JsonArray.Of(Enumerable.Repeat(one, 10_000).ToArray()));
        var tooMany = Assert.Throws<SchedulerException>(() => JsonPatch.Apply(1, JsonArray.Of(Enumerable.Repeat(one, 10_001).ToArray())));

        Assert.Equal(ErrorCodes.PatchFailed, noArray.Code);
        Assert.Equal("1", most!.ToString());
        Assert.Equal(ErrorCodes.PatchFailed, tooMany.Code);
        Assert.False(tooMany.Details.ContainsKey("index"));
    }

    [Theory]
    [InlineData("""{"op":"copy","from":"","path":"/a"}""")]
    [InlineData("""{"op":"copy","from":"","path":"/l/-"}""")]
    public void Copies_of_a_document_into_itself_end_at_a_limit(string operation)
    {
        var patch = JsonArray.Of(Enumerable.Repeat(JsonValue.Parse(operation), 5_000).ToArray());

        var fault = Assert.Throws<SchedulerException>(() => JsonPatch.Apply(JsonValue.Parse("""{"l":[]}"""), patch));

        Assert.Equal(ErrorCodes.PatchFailed, fault.Code);
    }

    [Fact]
    public void Copies_that_double_a_document_end_at_a_limit()
    {
        var patch = JsonArray.Of(Enumerable.Repeat(JsonValue.Parse("""{"op":"copy","from":"/0","path":"/0/-"}"""), 100).ToArray());

        var fault = Assert.Throws<SchedulerException>(() => JsonPatch.Apply(JsonValue.Parse("[[[1]]]"), patch));

        Assert.Contains("too large", fault.Details["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_patched_document_can_still_be_read_back()
    {
        var deep = JsonValue.Parse(new string('[', 63) + new string(']', 63));
        var patch = JsonArray.Of(JsonObject.Of(("op", "add"), ("path", "/a/b"), ("value", deep)));

        var fault = Assert.Throws<SchedulerException>(() => JsonPatch.Apply(JsonValue.Parse("""{"a":{}}"""), patch));

        Assert.Contains("deeper", fault.Details["reason"], StringComparison.Ordinal);
    }
}
