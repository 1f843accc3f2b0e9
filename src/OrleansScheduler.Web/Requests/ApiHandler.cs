namespace OrleansScheduler.Web.Requests;

/// <summary>What answers the requests of one method and address. What it throws becomes a problem.</summary>
internal delegate Task<ApiAnswer> ApiHandler(ApiRequest request);
