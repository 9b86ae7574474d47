namespace ControllerRuntime.Leadership;

/// <summary>The lease was lost while work was done under it. The process must end: another may lead by now.</summary>
public sealed class LeadershipLostException(string message) : Exception(message);
