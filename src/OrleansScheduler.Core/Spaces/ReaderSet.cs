namespace OrleansScheduler.Core.Spaces;

/// <summary>A set that mostly holds nobody or one: it allocates from the second member on.</summary>
internal struct ReaderSet<T>
    where T : class
{
    private object? _members;

    public readonly bool IsEmpty => _members is null;

    public void Add(T member)
    {
        switch (_members)
        {
            case null:
                _members = member;
                break;
            case HashSet<T> many:
                many.Add(member);
                break;
            default:
                if (!ReferenceEquals(_members, member))
                {
                    _members = new HashSet<T>(ReferenceEqualityComparer.Instance) { (T)_members, member };
                }

                break;
        }
    }

    public void Remove(T member)
    {
        if (_members is HashSet<T> many)
        {
            many.Remove(member);
            _members = many.Count == 0 ? null : many;
        }
        else if (ReferenceEquals(_members, member))
        {
            _members = null;
        }
    }

    public readonly void Visit<TState>(TState state, Action<TState, T> visit)
    {
        if (_members is HashSet<T> many)
        {
            foreach (T member in many)
            {
                visit(state, member);
            }
        }
        else if (_members is T one)
        {
            visit(state, one);
        }
    }
}
