namespace ControllerRuntime.Queue;

/// <summary>How long keys have been in a queue, at one moment; zero where there are none.</summary>
/// <param name="OldestWaiting">Since the longest waiting key became ready.</param>
/// <param name="UnfinishedWork">Since each of the keys that are being processed was taken, together.</param>
/// <param name="LongestRunning">The longest of these.</param>
public readonly record struct QueueAges(TimeSpan OldestWaiting, TimeSpan UnfinishedWork, TimeSpan LongestRunning);
