using System.Buffers;
using System.Globalization;
using OrleansScheduler.Cli.Outcomes;

namespace OrleansScheduler.Cli.Client;

/// <summary>Reads answers up to a limit, whatever their headers claim.</summary>
internal static class AnswerBody
{
    /// <summary>The longest answer.</summary>
    public const int BytesMax = 32 << 20;

    private const int ChunkBytes = 16 * 1024;

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var buffer = new ArrayBufferWriter<byte>(ChunkBytes);
        while (await stream.ReadAsync(buffer.GetMemory(ChunkBytes), cancellation) is var read and > 0)
        {
            buffer.Advance(read);
            if (buffer.WrittenCount > BytesMax)
            {
                throw new CliException(
                    CliCodes.AnswerTooLarge, string.Create(CultureInfo.InvariantCulture, $"The answer is longer than {BytesMax} bytes."));
            }
        }

        return buffer.WrittenMemory;
    }
}
