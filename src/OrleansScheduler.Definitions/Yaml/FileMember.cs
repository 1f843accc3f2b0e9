namespace OrleansScheduler.Definitions.Yaml;

/// <summary>A key with its value. Keys are texts, whatever they look like.</summary>
internal sealed record FileMember(FileScalar Key, FileNode Value)
{
    public string Name => Key.Text;
}
