using System.Diagnostics.CodeAnalysis;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>Requests that wait, in the order in which they came, for their activation to come up or to end.</summary>
internal sealed class RequestChain
{
    private IRequest? _first;
    private IRequest? _last;

    /// <summary>Adds a request that is in no queue.</summary>
    internal void Add(IRequest request)
    {
        if (_last is null)
        {
            _first = request;
        }
        else
        {
            _last.Next = request;
        }

        _last = request;
    }

    /// <summary>Empties the chain; false when it is empty already.</summary>
    internal bool TakeAll([NotNullWhen(true)] out IRequest? first, [NotNullWhen(true)] out IRequest? last)
    {
        first = _first;
        last = _last;
        _first = null;
        _last = null;
        return first is not null && last is not null;
    }
}
