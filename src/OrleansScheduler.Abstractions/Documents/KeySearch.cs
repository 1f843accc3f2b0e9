namespace OrleansScheduler.Documents;

/// <summary>Finds and sorts the few keys of small objects.</summary>
internal static class KeySearch
{
    /// <summary>The index of the key, or the complement of the index where it belongs.</summary>
    public static int IndexOf(string[] sortedKeys, string key)
    {
        var low = 0;
        var high = sortedKeys.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(sortedKeys[middle], key);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }

    /// <summary>Sorts by key, in place. Insertion, because keys come few and mostly in the order of the writer's type.</summary>
    /// <exception cref="Errors.SchedulerException"><c>json_duplicate_key</c>.</exception>
    public static void SortPairs(Span<string> keys, Span<JsonValue> values)
    {
        for (var i = 1; i < keys.Length; i++)
        {
            var (key, value) = (keys[i], values[i]);
            var place = i;
            for (; place > 0; place--)
            {
                var order = string.CompareOrdinal(keys[place - 1], key);
                if (order == 0)
                {
                    throw DocumentErrors.DuplicateKey(key);
                }

                if (order < 0)
                {
                    break;
                }

                (keys[place], values[place]) = (keys[place - 1], values[place - 1]);
            }

            (keys[place], values[place]) = (key, value);
        }
    }
}
