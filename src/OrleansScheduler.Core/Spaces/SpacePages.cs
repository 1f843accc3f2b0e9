using System.Buffers;
using System.Collections.Immutable;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Encoding;
using OrleansScheduler.Core.Storage.Paging;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>A space cut into pages: only those that changed are written.</summary>
/// <remarks>
/// Documents, actions and sessions are sets of pages that follow the content; the history is in pages of 100 commits; one page
/// holds the counters. Pages come back in any order. In the first layout members were spread over 64 pages of each kind by a
/// hash of their names, <c>d/00</c> to <c>d/3f</c>; the first snapshot after such pages were read replaces them all.
/// </remarks>
internal sealed class SpacePages
{
    private const string HeadPage = "head";

    private readonly SpaceState _state;
    private readonly MemberPages _documentPages;
    private readonly MemberPages _actionPages;
    private readonly MemberPages _sessionPages;
    private readonly CommitPages _commitPages;
    private readonly List<string> _firstLayout = [];
    private readonly ArrayBufferWriter<byte> _scratch = new();
    private ImmutableDictionary<PathStep, Stamp>.Builder? _stamps;
    private List<KeyValuePair<string, JsonValue>>? _documents;
    private Stamp _root = Stamp.Uniform(0);
    private long _sequence;
    private TextCache? _texts;
    private List<CommitRecord>? _commits;

    public SpacePages(SpaceState space)
    {
        _state = space;
        _documentPages = new MemberPages("d", WriteDocument);
        _actionPages = new MemberPages("a", WriteAction);
        _sessionPages = new MemberPages("s", WriteSession);
        _commitPages = new CommitPages(space.History);
    }

    /// <summary>About how many bytes the next snapshot writes.</summary>
    public long ChangedBytes =>
        _documentPages.ChangedBytes + _actionPages.ChangedBytes + _sessionPages.ChangedBytes + _commitPages.ChangedBytes;

    public void Touch(ActionId action) => _actionPages.Touch(action.ToString());

    public void TouchSession(string session) => _sessionPages.Touch(session);

    public void Touch(TreeChange change)
    {
        foreach (Address address in change.Changed)
        {
            _documentPages.Touch(address.Document!.Value.ToString());
        }

        _commitPages.Touch(change.After.Sequence);
    }

    public void Read(string name, ReadOnlyMemory<byte> content)
    {
        var decoder = new BinaryDecoder(content.Span, _texts ??= new TextCache());
        _documents ??= [];
        _stamps ??= ImmutableDictionary.CreateBuilder<PathStep, Stamp>();
        switch (name[0])
        {
            case 'h' when name == HeadPage:
                ReadHead(ref decoder);
                break;
            case 'c':
                _commitPages.Read(name, content.Length);
                while (!decoder.AtEnd)
                {
                    (_commits ??= []).Add(StoredCommit.Read(ref decoder));
                }

                break;
            case 'd' or 'a' or 's':
                ReadMembers(name, content.Length, ref decoder);
                break;
            default:
                throw new InvalidDataException("no such page");
        }
    }

    public void Finish()
    {
        _state.History.Restore(_commits ?? []);
        _commits = null;
        if (_documents is not null)
        {
            var stamp = new Stamp(_root.Deep, _root.Shape, _root.Rest, _stamps!.ToImmutable());
            _state.Tree = new DocumentTree(_sequence, JsonObject.FromPairs(_documents), stamp);
        }

        _documents = null;
        _stamps = null;
        _texts = null;
    }

    public void WriteChanged(Action<string, byte[]?> write)
    {
        write(HeadPage, Encode(WriteHead));
        _firstLayout.ForEach(page => write(page, null));
        _firstLayout.Clear();
        _documentPages.WriteChanged(write);
        _actionPages.WriteChanged(write);
        _sessionPages.WriteChanged(write);
        _commitPages.WriteChanged(EncodeCommits, write);
    }

    private byte[] EncodeCommits(long from, long to) => Encode(encoder =>
    {
        for (long sequence = from; sequence < to; sequence++)
        {
            if (_state.History.TryGet(sequence, out CommitRecord? record))
            {
                StoredCommit.Write(encoder, record);
            }
        }
    });

    private void ReadMembers(string name, int bytes, ref BinaryDecoder decoder)
    {
        MemberPages pages = name[0] == 'd' ? _documentPages : name[0] == 'a' ? _actionPages : _sessionPages;
        MemberPage? page = pages.Owns(name) ? pages.Open(name, bytes) : null;
        if (page is null)
        {
            _firstLayout.Add(name[1] == '/' ? name : throw new InvalidDataException("no such page"));
        }

        while (!decoder.AtEnd)
        {
            string member = ReadMember(name[0], ref decoder);
            if (page is null)
            {
                pages.Touch(member);
            }
            else
            {
                pages.Read(page, member);
            }
        }
    }

    private string ReadMember(char set, ref BinaryDecoder decoder)
    {
        switch (set)
        {
            case 'd':
                string document = decoder.Text();
                _documents!.Add(new(document, decoder.Json()));
                _stamps![PathStep.OfKey(document)] = decoder.Stamp();
                return document;
            case 'a':
                ActionNode node = StoredAction.Read(ref decoder);
                _state.Actions.Add(node);
                return node.Id.ToString();
            default:
                return StoredSession.Read(ref decoder, _state.Sessions);
        }
    }

    private bool WriteDocument(string name, IBufferWriter<byte> output)
    {
        if (!_state.Tree.Root.TryGet(name, out JsonValue? document))
        {
            return false;
        }

        var encoder = new BinaryEncoder(output);
        encoder.Text(name);
        encoder.Json(document);
        encoder.Stamp(_state.Tree.Stamp.ChildOf(PathStep.OfKey(name)));
        return true;
    }

    private bool WriteAction(string name, IBufferWriter<byte> output)
    {
        if (!_state.Actions.TryGet(ActionId.OfValid(name), out ActionNode? node))
        {
            return false;
        }

        StoredAction.Write(new BinaryEncoder(output), node);
        return true;
    }

    private bool WriteSession(string name, IBufferWriter<byte> output)
    {
        if (!_state.Sessions.TryGet(name, out WriterSession? session))
        {
            return false;
        }

        StoredSession.Write(new BinaryEncoder(output), name, session);
        return true;
    }

    private void WriteHead(BinaryEncoder encoder)
    {
        encoder.Number(_state.Tree.Sequence);
        encoder.Number(_state.CauseNumber);
        encoder.Number(_state.Runs);
        encoder.Flag(_state.IsAnnounced);
        encoder.Number(_state.Tree.Stamp.Deep);
        encoder.Number(_state.Tree.Stamp.Shape);
        encoder.Number(_state.Tree.Stamp.Rest);
    }

    private void ReadHead(ref BinaryDecoder decoder)
    {
        _sequence = decoder.Number();
        _state.CauseNumber = decoder.Number();
        _state.Runs = decoder.Number();
        _state.IsAnnounced = decoder.Flag();
        _root = new Stamp(decoder.Number(), decoder.Number(), decoder.Number());
    }

    private byte[] Encode(Action<BinaryEncoder> write)
    {
        _scratch.ResetWrittenCount();
        write(new BinaryEncoder(_scratch));
        return _scratch.WrittenSpan.ToArray();
    }
}
