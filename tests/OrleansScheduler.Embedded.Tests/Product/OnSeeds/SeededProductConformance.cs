using System.Reflection;
using OrleansScheduler.Conformance.Product;
using OrleansScheduler.Testing;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Product.OnSeeds;

/// <summary>
/// Every conformance test of the whole product in the simulator: the test and all actors on one thread, where a seed decides which turn is next.
/// A failure names its seed and repeats.
/// </summary>
public sealed class SeededProductConformance
{
    private const int SeedsEach = 3;

    public static TheoryData<string, string> Tests()
    {
        var tests = new TheoryData<string, string>();
        foreach (MethodInfo test in Classes().SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<FactAttribute>() is not null))
        {
            tests.Add(test.ReflectedType!.Name, test.Name);
        }

        return tests;
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public void Holds_whatever_turn_is_next(string type, string test)
    {
        MethodInfo method = Classes().Single(known => known.Name == type).GetMethod(test)!;
        for (int seed = 1; seed <= SeedsEach; seed++)
        {
            var scheduler = new SeededScheduler(seed, keepsTrace: false);
            object instance = Activator.CreateInstance(method.ReflectedType!)!;
            try
            {
                scheduler.Run(() => (Task)method.Invoke(instance, null)!, idle: () => false);
            }
            catch (Exception fault)
            {
                Assert.Fail($"Seed {seed}: {fault}");
            }
        }
    }

    private static IEnumerable<Type> Classes() => typeof(SeededProductConformance).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(ProductTests)) && type.Namespace == typeof(OnMemory.SlotConformance).Namespace);
}
