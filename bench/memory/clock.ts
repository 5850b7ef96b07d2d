/** Lets simulated time pass for everything in this process that asks for the time, without waiting. */
export function simulateTime(): { advance(ms: number): void } {
  const startedAt = Date.now();
  let passed = 0;
  Date.now = () => startedAt + Math.floor(passed);
  performance.now = () => 1_000 + passed;
  return {
    advance(ms) {
      passed += ms;
    },
  };
}
