using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Encoding;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>A space cut into pages: only those that changed are written.</summary>
/// <remarks>
/// Documents, actions and sessions are spread over 64 pages each by a hash of their names; the history is in pages of 100
/// commits; one page holds the counters. Pages come back in any order.
/// </remarks>
internal sealed class SpacePages(SpaceState state)
{
    private const int Buckets = 64;
    private const int CommitsPerPage = 100;
    private const string HeadPage = "head";

    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _members = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _scratch = new();
    private ImmutableDictionary<PathStep, Stamp>.Builder? _stamps;
    private List<KeyValuePair<string, JsonValue>>? _documents;
    private Stamp _root = Stamp.Uniform(0);
    private long _sequence;
    private long _oldestPage;
    private TextCache? _texts;
    private List<CommitRecord>? _commits;
    private string _newestPage = string.Empty;
    private long _newestPageNumber = -1;

    public void Touch(ActionId action) => TouchMember('a', action.ToString());

    public void TouchSession(string session) => TouchMember('s', session);

    public void Touch(TreeChange change)
    {
        foreach (Address address in change.Changed)
        {
            TouchMember('d', address.Document!.Value.ToString());
        }

        if (PageOf(change.After.Sequence) is var page && page != _newestPageNumber)
        {
            (_newestPageNumber, _newestPage) = (page, CommitPage(change.After.Sequence));
        }

        _changed.Add(_newestPage);
    }

    public void Read(string name, ReadOnlyMemory<byte> content)
    {
        var decoder = new BinaryDecoder(content.Span, _texts ??= new TextCache());
        if (name == HeadPage)
        {
            ReadHead(ref decoder);
            return;
        }

        _documents ??= [];
        _stamps ??= ImmutableDictionary.CreateBuilder<PathStep, Stamp>();
        while (!decoder.AtEnd)
        {
            switch (name[0])
            {
                case 'd':
                    string document = decoder.Text();
                    _documents.Add(new(document, decoder.Json()));
                    _stamps[PathStep.OfKey(document)] = decoder.Stamp();
                    NoteMember('d', document);
                    break;
                case 'a':
                    ActionNode node = StoredAction.Read(ref decoder);
                    state.Actions.Add(node);
                    NoteMember('a', node.Id.ToString());
                    break;
                case 's':
                    string session = StoredSession.Read(ref decoder, state.Sessions);
                    NoteMember('s', session);
                    break;
                case 'c':
                    (_commits ??= []).Add(StoredCommit.Read(ref decoder));
                    break;
                default:
                    throw new InvalidDataException("no such page");
            }
        }
    }

    public void Finish()
    {
        state.History.Restore(_commits ?? []);
        _commits = null;
        _oldestPage = PageOf(state.History.Oldest);
        if (_documents is not null)
        {
            var stamp = new Stamp(_root.Deep, _root.Shape, _root.Rest, _stamps!.ToImmutable());
            state.Tree = new DocumentTree(_sequence, JsonObject.FromPairs(_documents), stamp);
        }

        _documents = null;
        _stamps = null;
        _texts = null;
    }

    public void WriteChanged(Action<string, byte[]?> write)
    {
        write(HeadPage, Encode(WriteHead));
        foreach (string page in _changed)
        {
            write(page, page[0] == 'c' ? EncodeCommits(page) : EncodeMembers(page));
        }

        _changed.Clear();
        for (; _oldestPage < PageOf(state.History.Oldest); _oldestPage++)
        {
            write(CommitPage(_oldestPage * CommitsPerPage), null);
        }
    }

    private byte[]? EncodeCommits(string page)
    {
        long first = long.Parse(page.AsSpan(2), CultureInfo.InvariantCulture) * CommitsPerPage;
        return Encode(encoder =>
        {
            for (long sequence = first; sequence < first + CommitsPerPage; sequence++)
            {
                if (state.History.TryGet(sequence, out CommitRecord? record))
                {
                    StoredCommit.Write(encoder, record);
                }
            }
        });
    }

    private byte[]? EncodeMembers(string page)
    {
        HashSet<string> members = _members[page];
        byte[] content = Encode(encoder =>
        {
            foreach (string member in members)
            {
                if (!WriteMember(encoder, page[0], member))
                {
                    members.Remove(member);
                }
            }
        });
        return content.Length > 0 ? content : null;
    }

    private bool WriteMember(BinaryEncoder encoder, char kind, string member)
    {
        switch (kind)
        {
            case 'd' when state.Tree.Root.TryGet(member, out JsonValue? document):
                encoder.Text(member);
                encoder.Json(document);
                encoder.Stamp(state.Tree.Stamp.ChildOf(PathStep.OfKey(member)));
                return true;
            case 'a' when state.Actions.TryGet(ActionId.Parse(member), out ActionNode? node):
                StoredAction.Write(encoder, node);
                return true;
            case 's' when state.Sessions.TryGet(member, out WriterSession? session):
                StoredSession.Write(encoder, member, session);
                return true;
            default:
                return false;
        }
    }

    private void WriteHead(BinaryEncoder encoder)
    {
        encoder.Number(state.Tree.Sequence);
        encoder.Number(state.CauseNumber);
        encoder.Number(state.Runs);
        encoder.Flag(state.IsAnnounced);
        encoder.Number(state.Tree.Stamp.Deep);
        encoder.Number(state.Tree.Stamp.Shape);
        encoder.Number(state.Tree.Stamp.Rest);
    }

    private void ReadHead(ref BinaryDecoder decoder)
    {
        _documents ??= [];
        _stamps ??= ImmutableDictionary.CreateBuilder<PathStep, Stamp>();
        _sequence = decoder.Number();
        state.CauseNumber = decoder.Number();
        state.Runs = decoder.Number();
        state.IsAnnounced = decoder.Flag();
        _root = new Stamp(decoder.Number(), decoder.Number(), decoder.Number());
    }

    private byte[] Encode(Action<BinaryEncoder> write)
    {
        _scratch.ResetWrittenCount();
        write(new BinaryEncoder(_scratch));
        return _scratch.WrittenSpan.ToArray();
    }

    private void TouchMember(char kind, string member) => _changed.Add(NoteMember(kind, member));

    private string NoteMember(char kind, string member)
    {
        string page = PageNames.Of(kind, member, Buckets);
        if (!_members.TryGetValue(page, out HashSet<string>? members))
        {
            _members[page] = members = new HashSet<string>(StringComparer.Ordinal);
        }

        members.Add(member);
        return page;
    }

    private static long PageOf(long sequence) => sequence / CommitsPerPage;

    private static string CommitPage(long sequence) => string.Create(CultureInfo.InvariantCulture, $"c/{PageOf(sequence)}");
}
