namespace OrleansScheduler.Web.Archives;

/// <summary>What a host tells of its deployment as a whole. Implemented by the host; without it the epoch is 1 and nothing is exported.</summary>
public interface ISchedulerArchives
{
    /// <summary>The epoch of the deployment, from 1: it grows with every import.</summary>
    long Epoch { get; }

    /// <summary>Settles an instant and gets ready to write an archive of it.</summary>
    /// <param name="skipDamaged">True to leave out what is damaged; false to fail.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="Errors.SchedulerException"><c>corrupt_state</c> names what is damaged; <c>overloaded</c> while another export is under way;
    /// <c>host_unable</c> where the host cannot export.</exception>
    Task<ISchedulerExport> OpenAsync(bool skipDamaged, CancellationToken cancellation);
}
