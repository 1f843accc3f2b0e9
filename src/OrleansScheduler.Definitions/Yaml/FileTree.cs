using System.Collections.Immutable;
using OrleansScheduler.Definitions.Reading;
using OrleansScheduler.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OrleansScheduler.Definitions.Yaml;

/// <summary>Builds the tree of a file from the events of the YAML parser, under limits. JSON is read as the YAML that it is.</summary>
/// <remarks>Anchors, aliases and tags are refused: no file needs them, and an alias of an alias makes a small file huge.</remarks>
internal sealed class FileTree
{
    /// <summary>Nested mappings and lists.</summary>
    public const int DepthMax = 64;

    private readonly IParser _parser;
    private readonly FaultList _faults;
    private readonly string[] _lines;

    private FileTree(string text, FaultList faults)
    {
        _faults = faults;
        _lines = text.Split('\n');
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>The root of the one document in a text; null when it cannot be read, which is then a fault.</summary>
    public static FileNode? Read(string text, FaultList faults)
    {
        var tree = new FileTree(text, faults);
        try
        {
            return tree.ReadDocument();
        }
        catch (RefusedException)
        {
            return null;
        }
        catch (YamlException fault)
        {
            faults.Add((int)Math.Max(1, fault.Start.Line), (int)Math.Max(1, fault.Start.Column), "", tree.MessageOf(fault));
            return null;
        }
    }

    private FileNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _faults.Add(1, 1, "", "The file is empty. Expected a mapping with some of name, groups, spaces and schedules.");
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode("", 0);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<DocumentStart>(out var second)
            ? throw Refuse(second.Start, "", "A second document begins here. A file holds one.")
            : root;
    }

    private FileNode ReadNode(string field, int depth)
    {
        if (depth > DepthMax)
        {
            throw Refuse(_parser.Current?.Start ?? Mark.Empty, field, $"The file is nested deeper than {DepthMax} levels.");
        }

        if (_parser.Accept<AnchorAlias>(out var alias))
        {
            throw Refuse(alias.Start, field, "Aliases are not read; repeat the value. A text that begins with '*' needs quotes, such as \"*/5 * * * *\".");
        }

        if (_parser.Accept<NodeEvent>(out var node))
        {
            RefuseProperties(node, field);
        }

        return _parser.TryConsume<Scalar>(out var scalar) ? ToScalar(scalar)
            : _parser.TryConsume<SequenceStart>(out var sequence) ? ReadSequence(sequence.Start, field, depth)
            : ReadMapping(_parser.Consume<MappingStart>().Start, field, depth);
    }

    private FileSequence ReadSequence(Mark start, string field, int depth)
    {
        var items = ImmutableArray.CreateBuilder<FileNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode($"{field}[{items.Count}]", depth + 1));
        }

        return new FileSequence((int)start.Line, (int)start.Column, items.ToImmutable());
    }

    private FileMapping ReadMapping(Mark start, string field, int depth)
    {
        var members = ImmutableArray.CreateBuilder<FileMember>();
        var names = new Dictionary<string, FileScalar>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var node = ReadNode(field, depth + 1);
            if (node is not FileScalar key)
            {
                throw Refuse(node.Line, node.Column, field, "A key is a text here, not a mapping or a list.");
            }

            string path = FieldPath.Join(field, key.Text);
            var value = ReadNode(path, depth + 1);
            if (names.TryAdd(key.Text, key))
            {
                members.Add(new FileMember(key, value));
            }
            else
            {
                _faults.Add(key, path, $"The key '{key.Text}' stands twice in this mapping; it is in line {names[key.Text].Line} too.");
            }
        }

        return new FileMapping((int)start.Line, (int)start.Column, members.ToImmutable());
    }

    private FileScalar ToScalar(Scalar scalar)
    {
        bool isPlain = scalar.Style == ScalarStyle.Plain;
        var (line, column) = ((int)scalar.Start.Line, (int)scalar.Start.Column);
        int textColumn = column + (isPlain ? 0 : 1);
        bool isVerbatim = line <= _lines.Length && textColumn - 1 <= _lines[line - 1].Length
            && _lines[line - 1].AsSpan(textColumn - 1).StartsWith(scalar.Value, StringComparison.Ordinal);
        return new FileScalar(
            line, column, scalar.Value, isPlain ? CoreScalar.Read(scalar.Value) : JsonString.Of(scalar.Value), isVerbatim ? textColumn : 0);
    }

    private void RefuseProperties(NodeEvent node, string field)
    {
        if (!node.Anchor.IsEmpty)
        {
            throw Refuse(node.Start, field, "Anchors are not read; repeat the value where it is needed. A text that begins with '&' needs quotes.");
        }

        // The tag "?" is what the parser itself puts where the file has none.
        if (!node.Tag.IsEmpty && node.Tag.Value != "?")
        {
            throw Refuse(node.Start, field, "Tags are not read. A text that begins with '!' needs quotes, and so does a number that is meant as a text.");
        }
    }

    private string MessageOf(YamlException fault)
    {
        char at = fault.Start.Line >= 1 && fault.Start.Line <= _lines.Length && fault.Start.Column >= 1 && fault.Start.Column <= _lines[fault.Start.Line - 1].Length
            ? _lines[fault.Start.Line - 1][(int)fault.Start.Column - 1]
            : ' ';
        return at is '@' or '`' or '%'
            ? $"A text that begins with '{at}' needs quotes."
            : $"This is neither YAML nor JSON: {Inner(fault)}";
    }

    private static string Inner(Exception fault)
    {
        string message = fault.Message.Trim();
        return message.EndsWith('.') ? message : message + ".";
    }

    private RefusedException Refuse(Mark at, string field, string message) =>
        Refuse((int)Math.Max(1, at.Line), (int)Math.Max(1, at.Column), field, message);

    private RefusedException Refuse(int line, int column, string field, string message)
    {
        _faults.Add(line, column, field, message);
        return new RefusedException();
    }

    /// <summary>Leaves the recursion once the fault is noted.</summary>
    private sealed class RefusedException : Exception;
}
