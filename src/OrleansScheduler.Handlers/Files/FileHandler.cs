using System.Globalization;
using System.Text;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Handlers.Payloads;

namespace OrleansScheduler.Handlers.Files;

/// <summary>Reads and writes files below one folder.</summary>
internal sealed class FileHandler(FileHandlerOptions options) : IActionHandler
{
    public async Task HandleAsync(IRunContext context)
    {
        FilePayload payload = FilePayload.Of(context.Payload);
        IReadOnlyDictionary<string, JsonValue?> values = await payload.Reads.LoadAsync(context);
        byte[]? content = payload.Content?.Render(values, options.WriteBytesMax);
        try
        {
            string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Root));
            Directory.CreateDirectory(root);
            string path = RootedPath.Resolve(root, payload.Path);
            if (content is null)
            {
                byte[] bytes = await ReadAsync(path, payload.Path, context.Cancellation);
                context.Write(payload.Write!, Decode(bytes, payload));
                return;
            }

            DurableFiles.CreateFolder(root, Path.GetDirectoryName(path)!);
            await (payload.Mode == FileMode.Append
                ? DurableFiles.AppendAsync(path, content, context.Cancellation)
                : DurableFiles.ReplaceAsync(path, content, context.Cancellation));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SchedulerException(HandlerErrorCodes.FileNotFound, $"There is no file '{payload.Path}'.", inner: fault).With("path", payload.Path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SchedulerException(HandlerErrorCodes.FileFailed, $"The file '{payload.Path}': {fault.Message}", isTransient: fault is IOException, fault)
                .With("path", payload.Path);
        }
    }

    private async Task<byte[]> ReadAsync(string path, string name, CancellationToken cancellation)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.Asynchronous);
        using var content = new MemoryStream();
        byte[] buffer = new byte[64 << 10];

        // The file may grow while it is read, so what is counted is what came.
        while (await stream.ReadAsync(buffer, cancellation) is > 0 and int read)
        {
            content.Write(buffer, 0, read);
            if (content.Length > options.ReadBytesMax)
            {
                throw new SchedulerException(HandlerErrorCodes.FileTooLarge, $"The file '{name}' has more than {options.ReadBytesMax} bytes.")
                    .With("path", name).With("limit", options.ReadBytesMax.ToString(CultureInfo.InvariantCulture));
            }
        }

        return content.ToArray();
    }

    private JsonValue Decode(byte[] bytes, FilePayload payload)
    {
        ReadOnlySpan<byte> content = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes;
        return payload.IsJson
            ? JsonValue.Parse(content, new JsonLimits { BytesMax = options.ReadBytesMax })
            : JsonString.Of(Encoding.UTF8.GetString(content));
    }
}
