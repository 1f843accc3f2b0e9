namespace OrleansScheduler.Standalone;

/// <summary>What the host says when it listens.</summary>
internal static class Banner
{
    /// <summary>Writes where to look, and what to try.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="arguments">What the host was asked for.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="sampleDocument">A document of the sample to edit; null without the sample.</param>
    public static void Write(TextWriter output, StandaloneArguments arguments, string address, string? sampleDocument)
    {
        output.WriteLine($"OrleansScheduler keeps its data in {arguments.Data}");
        output.WriteLine($"Look   curl {address}/");
        if (sampleDocument is not null)
        {
            var space = $"{address}/api/v1/spaces/earthquakes";
            output.WriteLine($"Try    curl {space}/documents/ranking");
            output.WriteLine($"       curl -X PUT -H 'content-type: application/json' -d 7.5 '{space}/documents/{sampleDocument}?path=/mag'");
            output.WriteLine($"       curl {space}/explain/ranking");
        }

        if (arguments.Hold)
        {
            output.WriteLine($"Hold   no schedule fires until: curl -X POST {address}/api/v1/ops/release");
        }
    }
}
