using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Definitions.Yaml;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Definitions.Reading;

/// <summary>Reads the actions of a space.</summary>
internal sealed class ActionReading(FaultList faults)
{
    private const int AddressesMax = 100;
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    public DefinedAction? Read(SpaceId space, FileNode node, string path)
    {
        int before = faults.Count;
        if (Fields.Of(node, path, FieldNames.Action, faults) is not { } fields)
        {
            return null;
        }

        string? name = fields.Required("name", "a name that says what it computes") is null ? null : fields.Text("name", 1, ActionId.NameCharsMax, "a name");
        if (name is not null && !ActionId.IsName(name))
        {
            fields.Fault("name", "A name has no '/', no '~' and no control characters.");
        }

        string? handler = fields.Required("handler", "the name of a handler") is null ? null : fields.Text("handler", 1, 200, "the name of a handler");
        var kind = fields.Required("kind", "computation or effect") is null ? null : fields.Choice<ActionKind>("kind");
        var inputs = ReadAddresses(fields, "inputs");
        var outputs = ReadAddresses(fields, "outputs");
        CheckOverlap(fields, inputs, outputs);
        var payload = fields.Node("payload") is { } value ? JsonReading.Read(value, fields.PathOf("payload"), faults) : null;
        var limit = fields.Length("time_limit", TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(20));
        if (name is null || handler is null || kind is null || faults.Count > before)
        {
            return null;
        }

        var definition = new ActionDefinition(name, handler, kind.Value, inputs, outputs, payload, limit);
        if (!_lines.TryAdd(ActionBinding.Of(space, definition), node.Line))
        {
            fields.Fault("name", $"The action in line {_lines[ActionBinding.Of(space, definition)]} has the same name, handler, inputs and outputs, so it is the same action.");
            return null;
        }

        return new DefinedAction(space, definition, new DefinitionPlace(faults.File, node.Line, node.Column, path));
    }

    private ImmutableArray<Address> ReadAddresses(Fields fields, string name)
    {
        var addresses = ImmutableArray.CreateBuilder<Address>();
        foreach (var (index, item) in fields.Items(name, AddressesMax, "addresses").Index())
        {
            string path = $"{fields.PathOf(name)}[{index}]";
            if (item is not FileScalar { Value: JsonString } scalar)
            {
                faults.Add(item, path, $"Expected an address such as orders/total, found {item.Shown}. Write it in quotes if it is meant as a text.");
                continue;
            }

            try
            {
                var address = Address.Parse(scalar.Text);
                addresses.Add(address);
                if (name == "outputs" && address.Document is null)
                {
                    faults.Add(item, path, "An output is a document or a place in one, not the whole space.");
                }
            }
            catch (SchedulerException fault)
            {
                faults.Add(scalar.Line, scalar.ColumnOf(Fields.PositionOf(fault)), path, fault.Message);
            }
        }

        return addresses.ToImmutable();
    }

    private static void CheckOverlap(Fields fields, ImmutableArray<Address> inputs, ImmutableArray<Address> outputs)
    {
        foreach (var input in inputs)
        {
            if (outputs.FirstOrDefault(output => output.IsPrefixOf(input) || input.IsPrefixOf(output)) is { } own)
            {
                fields.Fault("inputs", $"The input '{input}' overlaps the output '{own}': an action does not read what it writes.");
                return;
            }
        }
    }
}
