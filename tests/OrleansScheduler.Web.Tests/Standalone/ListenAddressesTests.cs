using OrleansScheduler.Hosting;

namespace OrleansScheduler.Web.Standalone;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData(null, "http://127.0.0.1:5080", "127.0.0.1 localhost")]
    [InlineData(" ", "http://127.0.0.1:5080", "127.0.0.1 localhost")]
    [InlineData("http://localhost:81", "http://localhost:81", "localhost")]
    [InlineData("http://127.0.0.2:0; http://[::1]:82", "http://127.0.0.2:0 http://[::1]:82", "127.0.0.2 [::1] localhost")]
    public void Accepts_loopback(string? text, string urls, string hosts)
    {
        var addresses = ListenAddresses.Parse(text);

        Assert.Equal(urls.Split(' '), addresses.Urls);
        Assert.Equal(hosts.Split(' '), addresses.Hosts);
    }

    [Theory]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://192.168.0.1:5080")]
    [InlineData("http://localhost.example:5080")]
    [InlineData("http://127.0.0.1:1;http://10.0.0.1:1")]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5080/base")]
    [InlineData("http://unix:/tmp/x.sock")]
    [InlineData("http://localhost:0")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("5080")]
    [InlineData(";")]
    public void Refuses_everything_else(string text)
    {
        Assert.Throws<UsageException>(() => ListenAddresses.Parse(text));
    }

    [Fact]
    public void Says_why_others_cannot_be_let_in()
    {
        var fault = Assert.Throws<UsageException>(() => ListenAddresses.Parse("http://0.0.0.0:5080"));

        Assert.Contains("beyond loopback this host would need keys", fault.Message, StringComparison.Ordinal);
    }
}
