using OrleansScheduler.Hosting;
using OrleansScheduler.Standalone;

namespace OrleansScheduler.Web.Standalone;

public sealed class StandaloneArgumentsTests
{
    [Fact]
    public void Without_arguments_the_sample_runs_on_the_folder_data()
    {
        var arguments = StandaloneArguments.Parse([]);

        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "data"), arguments.Data);
        Assert.True(arguments is { Hold: false, NewestFormats: false, Sample: true, Help: false });
        Assert.Null(arguments.SamplePeriod);
        Assert.Null(arguments.Definitions);
    }

    [Fact]
    public void Reads_every_argument()
    {
        var arguments = StandaloneArguments.Parse(["--data", "/x/y", "--definitions", "/x/z.yaml", "--hold", "--newest-formats", "--no-sample", "--sample-period", "1m30s", "--help"]);

        Assert.Equal(("/x/y", "/x/z.yaml"), (arguments.Data, arguments.Definitions));
        Assert.True(arguments is { Hold: true, NewestFormats: true, Sample: false, Help: true });
        Assert.Equal(TimeSpan.FromSeconds(90), arguments.SamplePeriod);
    }

    [Theory]
    [InlineData("'--dta' is not known.", "--dta", "x")]
    [InlineData("'x' is not known.", "x")]
    [InlineData("--data needs a value.", "--data")]
    [InlineData("--data needs a value.", "--data", "--hold")]
    [InlineData("--data needs a path.", "--data", "")]
    [InlineData("--definitions needs a path.", "--definitions", "")]
    [InlineData("--sample-period goes from 10ms to 366d.", "--sample-period", "1ms")]
    [InlineData("no length of time", "--sample-period", "fast")]
    public void Says_what_it_does_not_accept(string says, params string[] args)
    {
        var fault = Assert.Throws<UsageException>(() => StandaloneArguments.Parse(args));

        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }
}
