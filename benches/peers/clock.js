// Times one call again and again: warm first, then each call by itself, in microseconds. The processor time is the mean
// of all calls, with what the engine does on other threads (it compiles and collects garbage there).

export async function clock(seconds, call) {
  const warm = performance.now() + seconds * 500;
  while (performance.now() < warm) await call();
  const taken = [];
  const before = process.cpuUsage();
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end || taken.length < 20) {
    const start = performance.now();
    await call();
    taken.push((performance.now() - start) * 1000);
  }
  const { user, system } = process.cpuUsage(before);
  const processor = (user + system) / taken.length;
  taken.sort((a, b) => a - b);
  return { fastest: taken[0], median: taken[taken.length >> 1], processor, calls: taken.length };
}
