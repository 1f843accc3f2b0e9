namespace OrleansScheduler.Samples.Earthquakes;

/// <summary>The names under which the handlers of the sample are registered.</summary>
internal static class HandlerNames
{
    public const string Feeder = "earthquakes.feeder";
    public const string Count = "earthquakes.count";
    public const string Strongest = "earthquakes.strongest";
    public const string MeanDepth = "earthquakes.depth";
    public const string Bands = "earthquakes.bands";
    public const string Band = "earthquakes.band";
    public const string Rate = "earthquakes.rate";
    public const string Ranking = "earthquakes.ranking";
    public const string Report = "earthquakes.report";
    public const string Summary = "earthquakes.summary";
}
