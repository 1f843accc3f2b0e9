using System.Text;

namespace OrleansScheduler.Web.Standalone;

/// <summary>A stream of text whose lines can be awaited.</summary>
internal sealed class LineWriter(string awaited) : StringWriter
{
    private readonly TaskCompletionSource<string> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The first line that starts with what is awaited.</summary>
    public Task<string> Found => _found.Task;

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.StartsWith(awaited, StringComparison.Ordinal) == true)
        {
            _found.TrySetResult(value);
        }
    }
}
