using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Conformance.Product;

/// <summary>A random graph of sums under effects, and what it comes to when it is computed from scratch.</summary>
/// <remarks>
/// The sum number <c>n</c> may read the sources <c>in/*</c> and the sums before it; which of them it reads is in its
/// payload, so that an edit keeps its identity. Sums are taken modulo a small number: values come back often.
/// </remarks>
internal sealed class GraphModel(Random random)
{
    public const int Sources = 4;
    public const int Sums = 9;

    private readonly Dictionary<string, JsonValue> _payloads = [];
    private readonly Dictionary<string, long> _sources = [];

    /// <summary>The sums that are registered.</summary>
    public ImmutableArray<int> Registered => [.. Enumerable.Range(0, Sums).Where(number => _payloads.ContainsKey($"sum {number}"))];

    /// <summary>Registers a sum anew, or changes what it adds up.</summary>
    public ActionDefinition NewSum(ProductUnderTest product, int number)
    {
        string[] inputs = [.. Enumerable.Range(0, Sources).Select(source => $"in/{source}"), .. Enumerable.Range(0, number).Select(before => $"out/{before}")];
        return Remember(Definition(product, $"sum {number}", "modulo", ActionKind.Computation, inputs, 1 + random.Next(3)) with
        {
            Outputs = ProductUnderTest.Addresses($"out/{number}"),
        });
    }

    /// <summary>Registers an effect, or changes what it looks at.</summary>
    public ActionDefinition NewReport(ProductUnderTest product, int number)
    {
        string[] inputs = [.. Enumerable.Range(0, Sums).Select(sum => $"out/{sum}")];
        return Remember(Definition(product, $"report {number}", "look", ActionKind.Effect, inputs, 1 + random.Next(3)));
    }

    public void Forget(string name) => _payloads.Remove(name);

    /// <summary>Changes some sources.</summary>
    public (string Address, string Json)[] NewValues()
    {
        var changes = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => ($"in/{random.Next(Sources)}", random.NextInt64(3))).ToArray();
        foreach (var (address, value) in changes)
        {
            _sources[address] = value;
        }

        return [.. changes.Select(change => (change.Item1, $"{change.Item2}"))];
    }

    /// <summary>The sums that an action adds up, or looks at, directly or not.</summary>
    public IEnumerable<int> Upstream(string name) => From(name).Where(address => address.StartsWith("out/", StringComparison.Ordinal))
        .Select(address => int.Parse(address[4..])).Where(number => _payloads.ContainsKey($"sum {number}"))
        .SelectMany(number => Upstream($"sum {number}").Prepend(number)).Distinct();

    /// <summary>What a sum comes to; of one that is not registered, what its place still holds.</summary>
    public long Expected(int number, JsonObject outputs) => _payloads.TryGetValue($"sum {number}", out var payload)
        ? From($"sum {number}").Sum(address => ValueOf(address, outputs)) % ((JsonObject)payload)["modulo"]!.AsInt64()
        : outputs[$"{number}"]?.AsInt64() ?? 0;

    /// <summary>What an effect has to have seen last.</summary>
    public string ExpectedSight(string name, JsonObject outputs) => string.Join(',', From(name).Select(address => ValueOf(address, outputs)));

    private long ValueOf(string address, JsonObject outputs) =>
        address.StartsWith("in/", StringComparison.Ordinal) ? _sources.GetValueOrDefault(address) : Expected(int.Parse(address[4..]), outputs);

    private IEnumerable<string> From(string name) => ((JsonArray)((JsonObject)_payloads[name])["from"]!).Items.Select(item => item.AsText());

    private ActionDefinition Remember(ActionDefinition definition)
    {
        _payloads[definition.Name] = definition.Payload!;
        return definition;
    }

    private ActionDefinition Definition(ProductUnderTest product, string name, string handler, ActionKind kind, string[] inputs, int reads)
    {
        product.Handle("modulo", SumAsync);
        product.Handle("look", context => LookAsync(product, context));
        string[] from = [.. Enumerable.Range(0, reads).Select(_ => inputs[random.Next(inputs.Length)]).Distinct()];
        JsonObject payload = JsonObject.Of(
            ("from", JsonArray.FromItems([.. from.Select(address => (JsonValue)address)])),
            ("modulo", 2 + random.Next(3)),
            ("to", name.Replace("sum ", "out/")));
        return new ActionDefinition(name, handler, kind, ProductUnderTest.Addresses(inputs), [], payload);
    }

    private static async Task SumAsync(Handlers.IRunContext context)
    {
        var payload = (JsonObject)context.Payload!;
        long sum = (await ReadAsync(context, payload)).Sum();
        context.Write(Address.Parse(payload["to"]!.AsText()), sum % payload["modulo"]!.AsInt64());
    }

    private static async Task LookAsync(ProductUnderTest product, Handlers.IRunContext context)
    {
        var payload = (JsonObject)context.Payload!;
        string run = context.Run[(context.Run.LastIndexOf('#') + 1)..];
        product.Board.Mark($"{payload["to"]!.AsText()} in run {run}: {string.Join(',', await ReadAsync(context, payload))}");
    }

    private static async Task<List<long>> ReadAsync(Handlers.IRunContext context, JsonObject payload)
    {
        List<long> values = [];
        foreach (JsonValue address in ((JsonArray)payload["from"]!).Items)
        {
            values.Add((await context.ReadAsync(Address.Parse(address.AsText())))?.AsInt64() ?? 0);
        }

        return values;
    }
}
