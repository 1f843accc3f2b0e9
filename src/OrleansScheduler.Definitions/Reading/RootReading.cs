using System.Collections.Immutable;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Definitions.Yaml;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Definitions.Reading;

/// <summary>Reads the root of a file and what it leads to.</summary>
internal sealed class RootReading(string owner, FaultList faults)
{
    private const int GroupsMax = 1_000;
    private const int CapMax = 10_000;

    private readonly ImmutableArray<DefinedDocument>.Builder _documents = ImmutableArray.CreateBuilder<DefinedDocument>();
    private readonly ImmutableArray<DefinedAction>.Builder _actions = ImmutableArray.CreateBuilder<DefinedAction>();
    private readonly ActionReading _actionReading = new(faults);

    /// <summary>The file; null when its root is of no use. It is complete only when there are no faults.</summary>
    public DefinitionFile? Read(FileNode root)
    {
        if (Fields.Of(root, "", FieldNames.Root, faults) is not { } fields)
        {
            return null;
        }

        _ = fields.Text("$schema", 0, 1_000, "the address of a schema");
        string name = fields.Text("name", 1, 100, "the name of the set") ?? DefinitionFile.DefaultName;
        if (!SpaceId.TryParse($"{owner}/{name}", null, out _))
        {
            fields.Fault("name", $"'{Fields.Short(name)}' is no name of a set. Expected 1 to 100 letters, digits, '.', '-' or '_'.");
        }

        var groups = ReadGroups(fields);
        foreach (var member in Members(fields, "spaces"))
        {
            ReadSpace(member, FieldPath.Join("spaces", member.Name));
        }

        var schedules = new ScheduleReading(owner, faults);
        ImmutableArray<DefinedSchedule?> read = [.. Members(fields, "schedules").Select(member => schedules.Read(member, FieldPath.Join("schedules", member.Name)))];
        return new DefinitionFile(
            owner, name, faults.File, groups, _documents.ToImmutable(), _actions.ToImmutable(), [.. read.OfType<DefinedSchedule>()]);
    }

    private ImmutableArray<FileMember> Members(Fields fields, string name) =>
        fields.Node(name) is { } node && Fields.Of(node, fields.PathOf(name), [], faults) is { } members ? members.Mapping.Members : [];

    private ImmutableArray<DefinedGroup> ReadGroups(Fields root)
    {
        var groups = ImmutableArray.CreateBuilder<DefinedGroup>();
        var members = Members(root, "groups");
        if (members.Length > GroupsMax)
        {
            root.Fault("groups", $"There are at most {GroupsMax} groups, found {members.Length}.");
            return [];
        }

        foreach (var member in members)
        {
            string path = FieldPath.Join("groups", member.Name);
            if (member.Name.Length is 0 or > 100)
            {
                faults.Add(member.Key, path, "The name of a group has 1 to 100 characters.");
            }

            if (Fields.Of(member.Value, path, FieldNames.Group, faults) is { } fields
                && fields.Required("cap", $"a whole number from 1 to {CapMax}") is not null && fields.Whole("cap", 1, CapMax) is { } cap)
            {
                groups.Add(new DefinedGroup(member.Name, (int)cap, PlaceOf(member, path)));
            }
        }

        return groups.ToImmutable();
    }

    private void ReadSpace(FileMember member, string path)
    {
        if (!SpaceId.TryParse($"{owner}/{member.Name}", null, out var space))
        {
            faults.Add(member.Key, path, $"'{Fields.Short(member.Name)}' is no name of a space. Expected 1 to 100 letters, digits, '.', '-' or '_'.");
            return;
        }

        if (Fields.Of(member.Value, path, FieldNames.Space, faults) is not { } fields)
        {
            return;
        }

        foreach (var document in Members(fields, "documents"))
        {
            ReadDocument(space, document, FieldPath.Join(fields.PathOf("documents"), document.Name));
        }

        foreach (var (index, item) in fields.Items("actions", 100_000, "actions").Index())
        {
            if (_actionReading.Read(space, item, $"{fields.PathOf("actions")}[{index}]") is { } action)
            {
                _actions.Add(action);
            }
        }
    }

    private void ReadDocument(SpaceId space, FileMember member, string path)
    {
        var value = JsonReading.Read(member.Value, path, faults);
        try
        {
            var id = DocumentId.Parse(member.Name);
            if (value is not null)
            {
                _documents.Add(new DefinedDocument(space, id, value, PlaceOf(member, path)));
            }
        }
        catch (SchedulerException fault)
        {
            faults.Add(member.Key, path, fault.Message);
        }
    }

    private DefinitionPlace PlaceOf(FileMember member, string path) => new(faults.File, member.Key.Line, member.Key.Column, path);
}
