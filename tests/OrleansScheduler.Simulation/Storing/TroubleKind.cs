namespace OrleansScheduler.Simulation.Storing;

/// <summary>What may be wrong with storage for a while. A further kind needs a case in <see cref="StorageWeather"/> and in <see cref="RowTable"/>.</summary>
internal enum TroubleKind
{
    /// <summary>Reads and writes fail and change nothing; a row may still be written afterwards.</summary>
    FailsBefore,

    /// <summary>Writes land, and whoever wrote hears of a failure.</summary>
    LosesAnswers,

    /// <summary>Everything takes up to some seconds.</summary>
    Stalls,

    /// <summary>Nothing can be written.</summary>
    Full,

    /// <summary>Everything takes up to minutes.</summary>
    Crawls,
}
