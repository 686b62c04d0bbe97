package salter.peer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Queue;

/** What one run has shown. Times are in nanoseconds, of the calls "start" and "complete". */
record Measured(int clients, int instances, double seconds, Queue<Long> starts, Queue<Long> completions, double cpuMs) {
  String toJson() {
    return String.format(Locale.ROOT,
        "{\"clients\":%d,\"instances\":%d,\"seconds\":%.3f,\"rate\":%.2f,\"createP95\":%.2f,\"completeP95\":%.2f,\"cpuMs\":%.2f}",
        clients, instances, seconds, instances / seconds, p95(starts), p95(completions), cpuMs / Math.max(1, instances));
  }

  private static double p95(Queue<Long> times) {
    long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[(int) (sorted.length * 0.95)] / 1e6;
  }
}
