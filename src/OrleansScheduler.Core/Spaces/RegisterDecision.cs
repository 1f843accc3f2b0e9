using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>What registering actions does: the answer, and the entry for those that are new or differ.</summary>
internal sealed record RegisterDecision(ImmutableArray<RegisteredAction> Answer, SpaceEntry.Registered? Entry)
{
    public const int ActionsMax = 100_000;
    private const int PrefixesMax = 100;
    private static readonly TimeSpan TimeLimitMin = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan TimeLimitMax = TimeSpan.FromMinutes(20);

    /// <exception cref="SchedulerException">A definition is refused, and with it all; see <see cref="ISpace.RegisterAsync"/>.</exception>
    public static RegisterDecision Decide(SpaceState state, ImmutableArray<ActionDefinition> definitions, HandlerCatalog handlers)
    {
        if (definitions.IsDefaultOrEmpty)
        {
            throw Invalid(0, "actions", "At least one definition is needed.");
        }

        var answer = ImmutableArray.CreateBuilder<RegisteredAction>(definitions.Length);
        var changed = ImmutableArray.CreateBuilder<BoundAction>();
        HashSet<ActionId> seen = [];
        int created = 0;
        for (int index = 0; index < definitions.Length; index++)
        {
            ActionDefinition definition = definitions[index];
            if (Known(state, definition, handlers) is { } known)
            {
                ThrowIfTwice(seen, known, index);
                answer.Add(new RegisteredAction(known, Registration.Restored));
                continue;
            }

            Check(definition, index);
            RegisteredHandler handler = HandlerOf(definition, index, handlers);
            CheckPayload(handler, definition, index);
            var bound = new BoundAction(ActionIdentity.Of(definition), definition, ActionIdentity.Fingerprint(definition, handler));
            bool exists = state.Actions.TryGet(bound.Id, out _);
            created += exists ? 0 : 1;
            ThrowIfTwice(seen, bound.Id, index);
            changed.Add(bound);
            answer.Add(new RegisteredAction(bound.Id, exists ? Registration.Changed : Registration.Created));
        }

        return state.Actions.Count + created <= ActionsMax
            ? new RegisterDecision(answer.MoveToImmutable(), changed.Count > 0 ? new SpaceEntry.Registered(changed.ToImmutable()) : null)
            : throw new SchedulerException(ErrorCodes.TooManyActions, $"A space holds at most {ActionsMax} actions.");
    }

    // Comparing is a tenth of the cost of hashing: a restart registers everything again, and nearly all of it is known.
    private static ActionId? Known(SpaceState state, ActionDefinition definition, HandlerCatalog handlers)
    {
        if (definition?.Name is null || definition.Inputs.IsDefault || definition.Outputs.IsDefault)
        {
            return null;
        }

        foreach (ActionNode node in state.Actions.Named(definition.Name))
        {
            if (ActionIdentity.IsSame(node.Definition, definition) && handlers.TryGet(definition.Handler, out RegisteredHandler? handler)
                && ActionIdentity.IsOf(node.Implementation, handler))
            {
                return node.Id;
            }
        }

        return null;
    }

    private static void ThrowIfTwice(HashSet<ActionId> seen, ActionId action, int index)
    {
        if (!seen.Add(action))
        {
            throw Invalid(index, "name", $"Two definitions make the same action '{action}'.");
        }
    }

    private static void Check(ActionDefinition definition, int index)
    {
        if (definition is null || !ActionId.IsName(definition.Name))
        {
            throw Invalid(index, "name", $"A name has 1 to {ActionId.NameCharsMax} characters without '/', '~' and control characters.");
        }

        if (definition.Inputs.IsDefault || definition.Outputs.IsDefault || definition.Inputs.Length > PrefixesMax || definition.Outputs.Length > PrefixesMax)
        {
            throw Invalid(index, "inputs", $"Inputs and outputs are lists of at most {PrefixesMax} addresses each.");
        }

        if (definition.Outputs.Any(output => output.Document is null))
        {
            throw Invalid(index, "outputs", "An output is a document or a place in one.");
        }

        if (definition.TimeLimit is { } limit && (limit < TimeLimitMin || limit > TimeLimitMax))
        {
            throw Invalid(index, "time_limit", "A time limit lies between 1ms and 20m.");
        }

        foreach (Address input in definition.Inputs)
        {
            Address? own = definition.Outputs.FirstOrDefault(output => output.IsPrefixOf(input) || input.IsPrefixOf(output));
            if (own is not null)
            {
                throw new SchedulerException(ErrorCodes.SelfDependent, $"The action '{definition.Name}' reads '{input}', which overlaps '{own}' that it writes.")
                    .With("input", input.ToString())
                    .With("output", own.ToString());
            }
        }
    }

    private static RegisteredHandler HandlerOf(ActionDefinition definition, int index, HandlerCatalog handlers) =>
        definition.Handler is not null && handlers.TryGet(definition.Handler, out RegisteredHandler? handler)
            ? handler
            : throw new SchedulerException(ErrorCodes.UnknownHandler, $"The action '{definition.Name}' names the handler '{definition.Handler}', which is not registered.")
                .With("handler", definition.Handler ?? string.Empty)
                .With("field", string.Create(CultureInfo.InvariantCulture, $"[{index}].handler"));

    private static void CheckPayload(RegisteredHandler handler, ActionDefinition definition, int index)
    {
        try
        {
            handler.Check(definition.Payload);
        }
        catch (SchedulerException fault)
        {
            throw fault.With("field", string.Create(CultureInfo.InvariantCulture, $"[{index}].{fault.Details.GetValueOrDefault("field", "payload")}"));
        }
    }

    private static SchedulerException Invalid(int index, string field, string message) =>
        new SchedulerException(ErrorCodes.RequestInvalid, message)
            .With("field", string.Create(CultureInfo.InvariantCulture, $"[{index}].{field}"));
}
