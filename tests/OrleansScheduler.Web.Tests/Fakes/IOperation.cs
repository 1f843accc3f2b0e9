namespace OrleansScheduler.Web.Fakes;

/// <summary>Stands for an operation of a host.</summary>
public interface IOperation
{
    Task RunAsync(CancellationToken cancellation);
}
