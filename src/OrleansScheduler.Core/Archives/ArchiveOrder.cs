using OrleansScheduler.Core.Storage;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Archives;

/// <summary>The rules between the parts of an archive: order, completeness, limits, and that every frame opens.</summary>
internal sealed class ArchiveOrder
{
    private ArchiveActor? _actor;
    private (long Pages, long Entries, long States) _seen;
    private string? _lastName;

    /// <summary>What was accepted so far; without lines.</summary>
    public ArchiveTotals Totals { get; private set; } = ArchiveTotals.None;

    /// <summary>Accepts the next part.</summary>
    /// <returns>What was expected instead; null when it fits.</returns>
    public string? Next(ArchivePart part) => part switch
    {
        ArchivePart.Actor actor => Next(actor.Value),
        _ when _actor is null => "an actor before its parts",
        ArchivePart.Page page => Next(page, _actor),
        ArchivePart.Entry entry => Next(entry, _actor),
        ArchivePart.State state => Next(state, _actor),
        _ => throw new InvariantException("An archive has no such part."),
    };

    /// <summary>What is missing at the end; null when nothing is.</summary>
    public string? End()
    {
        if (_actor is not { } actor)
        {
            return null;
        }

        return Missing("page", _seen.Pages, actor.Pages) ?? Missing("entry", _seen.Entries, actor.Entries) ?? Missing("state", _seen.States, actor.States);

        string? Missing(string what, long seen, long said) => seen == said ? null : $"{what} {seen + 1} of {said} of {actor.Name}";
    }

    private string? Next(ArchiveActor actor)
    {
        if (End() is { } missing)
        {
            return missing;
        }

        if (actor.Kind.Length == 0)
        {
            return "'kind' not to be empty";
        }

        if (_actor is not null && ArchiveKeyOrder.Compare(_actor, actor) >= 0)
        {
            return $"an actor after {_actor.Name}, in the order of the bytes of kind and key";
        }

        if (actor is { Pages: 0, Entries: 0, States: 0, Snapshot: 0, Wakeup: null })
        {
            return "an actor of which something is stored";
        }

        (_actor, _seen, _lastName) = (actor, default, null);
        Totals = Totals with { Actors = Totals.Actors + 1, Wakeups = Totals.Wakeups + (actor.Wakeup is null ? 0 : 1) };
        return null;
    }

    private string? Next(ArchivePart.Page page, ArchiveActor actor)
    {
        if (_seen.Pages == actor.Pages || _seen.Entries > 0 || _seen.States > 0)
        {
            return $"no page here; {actor.Name} has {actor.Pages}, before everything else";
        }

        _seen.Pages++;
        Totals = Totals with { Pages = Totals.Pages + 1 };
        return NameFault(page.Name) ?? FrameFault(page.Content);
    }

    private string? Next(ArchivePart.Entry entry, ArchiveActor actor)
    {
        if (_seen.Entries == actor.Entries || _seen.Pages < actor.Pages || _seen.States > 0)
        {
            return $"no entry here; {actor.Name} has {actor.Entries}, after {actor.Pages} pages";
        }

        _seen.Entries++;
        Totals = Totals with { Entries = Totals.Entries + 1 };
        _lastName = null;
        return entry.Position == actor.Snapshot + _seen.Entries ? FrameFault(entry.Content) : $"position {actor.Snapshot + _seen.Entries}";
    }

    private string? Next(ArchivePart.State state, ArchiveActor actor)
    {
        if (_seen.States == actor.States || _seen.Pages < actor.Pages || _seen.Entries < actor.Entries)
        {
            return $"no state here; {actor.Name} has {actor.States}, after {actor.Pages} pages and {actor.Entries} entries";
        }

        _lastName = _seen.States == 0 ? null : _lastName;
        _seen.States++;
        Totals = Totals with { States = Totals.States + 1 };
        return NameFault(state.Name);
    }

    private string? NameFault(string name)
    {
        string? last = _lastName;
        _lastName = name;
        return name.Length == 0 ? "'name' not to be empty"
            : last is not null && ArchiveKeyOrder.Compare(last, name) >= 0 ? $"a name after '{last}', in the order of the bytes"
            : null;
    }

    // A newer frame is no damage here: whoever loads the journal refuses it by its own format.
    private static string? FrameFault(ReadOnlyMemory<byte> framed) =>
        Frame.Open(framed, byte.MaxValue, out _, out _) is { } reason ? $"'content' to be a sound frame, and {reason}" : null;
}
