using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using PatchOperation = OrleansScheduler.Spaces.PatchOperation;

namespace OrleansScheduler.Core.Spaces;

/// <summary>What every list of operations has to keep to, whoever writes it.</summary>
internal static class OperationRules
{
    public const int OperationsMax = 10_000;
    public const int DocumentBytesMax = 16 << 20;

    public static Address AddressOf(Operation operation) => operation switch
    {
        SetOperation set => set.Address,
        RemoveOperation remove => remove.Address,
        PatchOperation patch => Address.Of(patch.Document),
        _ => throw new InvariantException($"No address for the operation {operation.GetType().Name}."),
    };

    /// <exception cref="SchedulerException"><c>commit_too_large</c>, <c>request_invalid</c>.</exception>
    public static void Check(ImmutableArray<Operation> operations)
    {
        if (operations.Length > OperationsMax)
        {
            throw new SchedulerException(ErrorCodes.CommitTooLarge, $"A commit has {operations.Length} operations; the limit is {OperationsMax}.");
        }

        for (int index = 0; index < operations.Length; index++)
        {
            if (operations[index] is null || (operations[index] is not PatchOperation && AddressOf(operations[index]).Document is null))
            {
                throw new SchedulerException(ErrorCodes.RequestInvalid, "An operation needs the address of a document or of a place in one.")
                    .With("field", string.Create(CultureInfo.InvariantCulture, $"operations[{index}].address"));
            }
        }
    }
}
